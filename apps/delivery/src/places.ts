import type { LaneSlot } from '@postern/delivery';

/** From this share on lanes make way for others. */
const CROWDED = 0.75;
/** How many lanes may wait for hosts that do not answer, beside those that have a place. */
const MAX_WAITING = 1_000;

/**
 * The places of lanes in this process. A lane that waits for a host that does not answer gives its place away and goes on
 * without one, so hosts that are silent, however many, keep no mail from the others.
 */
export class Places {
  readonly #size: number;
  #taken = 0;
  #waiting = 0;

  constructor(size: number) {
    this.#size = size;
  }

  get crowded(): boolean {
    return this.#taken >= this.#size * CROWDED;
  }

  /** Resolves when the lane has ended, or gives its place away; rejects when it failed while it had one. */
  run(lane: (slot: LaneSlot) => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#taken += 1;
      let placed = true;
      const leave = () => {
        if (placed) this.#taken -= 1;
        else this.#waiting -= 1;
      };
      const crowded = () => this.crowded;
      const slot: LaneSlot = {
        get crowded() {
          return crowded();
        },
        free: () => {
          if (!placed || this.#waiting >= MAX_WAITING) return;
          placed = false;
          this.#taken -= 1;
          this.#waiting += 1;
          resolve();
        },
      };
      // A fault after its place was given away concerns nobody but its mail, whose lease ends.
      lane(slot).then(resolve, reject).finally(leave);
    });
  }
}
