/** The place of a lane in its process, which runs so many at the same time and has more sites than that. */
export interface LaneSlot {
  /** Whether others wait for a place: then turns are short. */
  readonly crowded: boolean;
  /** The lane waits for a host that does not answer: its place is for somebody else, until it ends. */
  free(): void;
}

/** The place of a lane that nobody waits for. */
export const ALONE: LaneSlot = Object.freeze({ crowded: false, free: () => undefined });
