import type { QueueId } from './delivery-queue.ts';

/** A lane: one connection's worth of work for one delivery queue. Lanes of a queue count from 0. */
export interface Lane {
  readonly queueId: QueueId;
  readonly lane: number;
}

/**
 * Wakes lanes. An alarm clock, not the truth: a wake-up that is lost costs a delay until the next sweep, never a message.
 */
export interface AlarmClock {
  /** Asks for a lane to run. Never rejects: a clock that is away is reported by its own health, and the sweep comes later. */
  wake(lane: Lane): void;
}
