import type { QueueId } from '@postern/queue';

/** One look into a queue: from which due time on, and what it found. */
export interface Look {
  readonly from: Date | string;
  found(oldestDueAt: Date | undefined): void;
}

interface Floor {
  readonly at: Date;
  /** Until when it is good; then the queue is looked at from its start. */
  readonly until: number;
}

/**
 * From where on a claim looks into its queue.
 *
 * What was claimed leaves dead index entries behind, before the first live one, and they stay while anyone's old snapshot
 * (a backup, a long report) might still need them: after 500,000 messages a claim from the start of its queue walks for 40 ms.
 * So claims begin a little below the oldest that the last one found, and every now and then at the very start, for what
 * was committed late with an earlier due time.
 */
export class ClaimFloors {
  readonly #floors = new Map<QueueId, Floor>();
  readonly #monotonicMs: () => number;

  constructor(monotonicMs: () => number = () => performance.now()) {
    this.#monotonicMs = monotonicMs;
  }

  look(queueId: QueueId): Look {
    const askedAt = this.#monotonicMs();
    const floor = this.#floors.get(queueId);
    if (floor && askedAt < floor.until) return { from: floor.at, found: () => undefined };
    return {
      from: '-infinity',
      found: (oldestDueAt) => {
        if (!oldestDueAt) return void this.#floors.delete(queueId);
        const tookMs = this.#monotonicMs() - askedAt;
        if (this.#floors.size >= MAX_QUEUES) this.#floors.clear();
        this.#floors.set(queueId, {
          at: new Date(oldestDueAt.getTime() - MARGIN_MS),
          until: askedAt + Math.max(FRESH_MS, tookMs * SHARE),
        });
      },
    };
  }
}

const MARGIN_MS = 1_000;
const FRESH_MS = 1_000;
/** A look from the start takes at most one part in so many of the time. */
const SHARE = 20;
const MAX_QUEUES = 20_000;
