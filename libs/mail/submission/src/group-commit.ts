import { type AcceptStore, type NewMessage, StoreUnavailable } from '@postern/queue';

interface Waiting {
  readonly message: NewMessage;
  readonly resolve: () => void;
  readonly reject: (cause: unknown) => void;
}

export interface GroupCommitOptions {
  readonly store: Pick<AcceptStore, 'accept'>;
  /** Messages in one transaction at most. */
  readonly batchSize?: number;
  /** Octets of content in one transaction at most, unless a single message has more. */
  readonly batchOctets?: number;
  /** Transactions under way at the same time. */
  readonly inFlight?: number;
}

/**
 * Stores messages in transactions that are shared by all that wait at that moment: while one batch commits, the next
 * gathers. There is no timer, so an idle server commits a lone message at once.
 *
 * A batch that the store refuses for what is in it, rather than for being away, is committed message by message, so
 * that one message that cannot be stored fails alone.
 */
export class GroupCommit {
  readonly #store: Pick<AcceptStore, 'accept'>;
  readonly #batchSize: number;
  readonly #batchOctets: number;
  readonly #inFlight: number;
  readonly #waiting: Waiting[] = [];
  #committing = 0;
  #gathering = false;

  constructor(options: GroupCommitOptions) {
    this.#store = options.store;
    this.#batchSize = options.batchSize ?? 64;
    this.#batchOctets = options.batchOctets ?? 4 * 1024 * 1024;
    this.#inFlight = options.inFlight ?? 2;
  }

  /** Resolves when the message is durable; rejects when it is not known to be. */
  commit(message: NewMessage): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ message, resolve, reject });
      this.#gather();
    });
  }

  /** One turn of the event loop, so that messages that ended in the same read share a transaction. */
  #gather(): void {
    if (this.#gathering || this.#committing >= this.#inFlight || this.#waiting.length === 0) return;
    this.#gathering = true;
    setImmediate(() => {
      this.#gathering = false;
      const batch = this.#take();
      if (batch.length === 0) return;
      this.#committing += 1;
      void this.#commitBatch(batch).finally(() => {
        this.#committing -= 1;
        this.#gather();
      });
      this.#gather();
    });
  }

  #take(): Waiting[] {
    let octets = 0;
    let count = 0;
    for (const { message } of this.#waiting) {
      octets += message.content.kind === 'inline' ? message.content.octets.length : 0;
      if (count === this.#batchSize || (count > 0 && octets > this.#batchOctets)) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  async #commitBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.#store.accept(batch.map((each) => each.message));
      for (const each of batch) each.resolve();
    } catch (cause) {
      if (batch.length === 1 || cause instanceof StoreUnavailable) for (const each of batch) each.reject(cause);
      else for (const each of batch) await this.#commitBatch([each]);
    }
  }
}
