import { type AttemptOutcome, type DeliveryStore, StoreUnavailable } from '@postern/queue';
import type { DeliveryLog } from './log.ts';

interface Waiting {
  readonly outcome: AttemptOutcome;
  readonly settle: (recorded: boolean) => void;
}

/**
 * Records the outcomes of all lanes of this process together: while one batch is written, the next gathers. There is no
 * timer, so an outcome is written at once when the recorder is idle, and the window in which a crash forgets what a
 * remote host has accepted stays as short as one commit.
 *
 * While the store is away the outcomes wait here and are tried again: what was delivered stays delivered.
 */
export class OutcomeRecorder {
  readonly #store: Pick<DeliveryStore, 'record'>;
  readonly #log: DeliveryLog;
  readonly #batchSize: number;
  readonly #retryMs: number;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;

  constructor(options: {
    readonly store: Pick<DeliveryStore, 'record'>;
    readonly log: DeliveryLog;
    readonly batchSize?: number;
    readonly retryMs?: number;
  }) {
    this.#store = options.store;
    this.#log = options.log;
    this.#batchSize = options.batchSize ?? 256;
    this.#retryMs = options.retryMs ?? 250;
  }

  /** Resolves when the outcome is durable: true, or false when its lease had ended and another lane decides. */
  record(outcome: AttemptOutcome): Promise<boolean> {
    return new Promise((settle) => {
      this.#waiting.push({ outcome, settle });
      this.#writing ??= this.#write();
    });
  }

  /** Resolves when nothing waits any more. */
  async drain(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  async #write(): Promise<void> {
    // One turn of the event loop, so that replies that came in the same read are written together.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, this.#batchSize);
      await this.#settle(batch);
    }
    this.#writing = undefined;
  }

  async #settle(batch: readonly Waiting[]): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        const recorded = await this.#store.record(batch.map((each) => each.outcome));
        for (const { outcome, settle } of batch) settle(recorded.has(outcome.recipientId));
        return;
      } catch (cause) {
        this.#log.error({ err: cause, outcomes: batch.length, tries }, 'outcomes not recorded yet');
        if (!(cause instanceof StoreUnavailable)) return this.#apart(batch);
        await new Promise<void>((resolve) => setTimeout(resolve, Math.min(this.#retryMs * tries, 5_000)));
      }
    }
  }

  /** One outcome that the store cannot take must not keep the others from being recorded. */
  async #apart(batch: readonly Waiting[]): Promise<void> {
    const [only] = batch;
    if (batch.length === 1 && only) {
      this.#log.error(
        { messageId: only.outcome.messageId, recipientId: only.outcome.recipientId },
        'outcome refused by the store, its lease will end',
      );
      return only.settle(false);
    }
    const middle = batch.length >> 1;
    await this.#settle(batch.slice(0, middle));
    await this.#settle(batch.slice(middle));
  }
}
