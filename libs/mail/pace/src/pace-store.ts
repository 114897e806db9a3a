import type { DeliveryQueue, Lane, QueueId } from '@postern/queue';
import type { PaceEvent } from './react.ts';
import type { Cause, Pace, PaceLimits } from './pace.ts';

/** Mail that rests at one site because of a reply: that of a reverse-path (in lower case), or that from a source. */
export interface Aside {
  readonly kind: 'sender' | 'source';
  readonly subject: string;
  readonly untilMs: number;
}

/** What is known of a queue's pace, and by when. */
export interface Paced {
  readonly pace: Pace;
  readonly limits: PaceLimits;
  /** Whose mail rests here, apart from all the other. */
  readonly aside: readonly Aside[];
  /** The store's clock when it was read. */
  readonly nowMs: number;
}

/** An event without what only the store can see. */
export type ToldEvent = PaceEvent extends infer Event ? (Event extends object ? Omit<Event, 'seen'> : never) : never;

/** What pacing needs of the store: one truth for all delivery processes, by the store's own clock. */
export interface PaceStore {
  /** The queue, and what is known of its pace. */
  begin(queueId: QueueId): Promise<(Paced & { readonly queue: DeliveryQueue }) | undefined>;
  /** The paces of queues that have one: the others go at the first pace. */
  look(queueIds: readonly QueueId[]): Promise<ReadonlyMap<QueueId, Paced>>;
  /** Tells what happened; answers what it made of the pace. */
  tell(queueId: QueueId, event: ToldEvent): Promise<Paced>;
  /** Lets the mail of one sender, or from one source, rest at this site; answers the pace as it is then. */
  setAside(
    queueId: QueueId,
    aside: { readonly kind: Aside['kind']; readonly subject: string; readonly forMs: number; readonly cause: Cause },
  ): Promise<Paced>;
  /** Takes a block of messages from the rate that all processes share. */
  take(queueId: QueueId, want: number): Promise<{ readonly granted: number; readonly nextInMs: number }>;
  /**
   * Takes the seat of a lane, which nobody else in any process has until it is left; false when somebody has it. The
   * seats of a process that dies are free at once.
   */
  takeSeat(lane: Lane): Promise<boolean>;
  leaveSeat(lane: Lane): Promise<void>;
  /** Whether the seat that was taken is still ours: it is not after the connection to the store was lost. */
  hasSeat(lane: Lane): boolean;
}
