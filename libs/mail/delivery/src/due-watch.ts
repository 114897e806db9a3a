import type { Clock, DueQueue, QueueId } from '@postern/queue';

/** Looking at every queue takes at most one part in so many of the time. */
const SHARE = 200;
const MAX_TOLD = 50_000;

/**
 * Which queues have something due. All of them are looked at as often as that is cheap, every two seconds where there are
 * hundreds and every ten where there are ten thousand; between that only those in which something was due, or of which this
 * process was told.
 */
export class DueWatch {
  readonly #clock: Clock;
  #told = new Set<QueueId>();
  #nextWholeMs = -Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Something was put into this queue, or becomes due there soon. */
  note(queueId: QueueId): void {
    if (this.#told.size < MAX_TOLD) this.#told.add(queueId);
    else this.#nextWholeMs = -Infinity;
  }

  /** The queues in which something is due now. */
  async look(
    dueQueues: (among: readonly QueueId[] | undefined) => Promise<readonly DueQueue[]>,
  ): Promise<readonly DueQueue[]> {
    const startedMs = this.#clock.monotonicMs();
    const whole = startedMs >= this.#nextWholeMs;
    const told = this.#told;
    this.#told = new Set();
    try {
      const due = await dueQueues(whole ? undefined : [...told]);
      if (whole) this.#nextWholeMs = startedMs + (this.#clock.monotonicMs() - startedMs) * SHARE;
      for (const { id } of due) this.#told.add(id);
      return due;
    } catch (cause) {
      for (const id of told) this.#told.add(id);
      throw cause;
    }
  }
}
