import { type AttemptOutcome, type DeliveryStore, StoreUnavailable } from '@postern/queue';
import type { DeliveryLog } from './log.ts';

interface Waiting {
  readonly outcome: AttemptOutcome;
  readonly settle: (recorded: boolean) => void;
}

/**
 * Records the outcomes of all lanes of this process together: while one batch is written, the next gathers. What a host
 * has accepted goes first, and an outcome is written at once when the recorder is idle; when a batch takes long a second
 * one does not wait for it, since what has reached the store is safe though this process dies. So the window in which a
 * crash forgets what was accepted stays short; and lanes wait for `room` when the store cannot keep up.
 *
 * While the store is away the outcomes wait here and are tried again: what was delivered stays delivered.
 */
export class OutcomeRecorder {
  readonly #store: Pick<DeliveryStore, 'record'>;
  readonly #log: DeliveryLog;
  readonly #batchSize: number;
  readonly #retryMs: number;
  readonly #hurryMs: number;
  readonly #mostWaiting: number;
  #accepted: Waiting[] = [];
  #others: Waiting[] = [];
  #underWay = 0;
  #writers = new Set<Promise<void>>();
  #startedMs = 0;
  #hurry: NodeJS.Timeout | undefined;
  #roomWanted: (() => void)[] = [];

  constructor(options: {
    readonly store: Pick<DeliveryStore, 'record'>;
    readonly log: DeliveryLog;
    readonly batchSize?: number;
    readonly retryMs?: number;
    /** After how long a batch is not waited for. */
    readonly hurryMs?: number;
    /** With so many outcomes that are not recorded yet, lanes send nothing more. */
    readonly mostWaiting?: number;
  }) {
    this.#store = options.store;
    this.#log = options.log;
    this.#batchSize = options.batchSize ?? 256;
    this.#retryMs = options.retryMs ?? 250;
    this.#hurryMs = options.hurryMs ?? 5;
    this.#mostWaiting = options.mostWaiting ?? 256;
  }

  /** Resolves when the outcome is durable: true, or false when its lease had ended and another lane decides. */
  record(outcome: AttemptOutcome): Promise<boolean> {
    return new Promise((settle) => {
      (outcome.disposition.kind === 'delivered' ? this.#accepted : this.#others).push({ outcome, settle });
      this.#pump();
    });
  }

  /** How many outcomes are not durable yet. */
  get lag(): number {
    return this.#waiting + this.#underWay;
  }

  /** Resolves when there is room for more outcomes, or the signal aborts; undefined when there is: nearly always. */
  room(signal: AbortSignal): Promise<void> | undefined {
    if (this.lag < this.#mostWaiting || signal.aborted) return undefined;
    return new Promise((resolve) => {
      const done = () => {
        signal.removeEventListener('abort', done);
        resolve();
      };
      signal.addEventListener('abort', done, { once: true });
      this.#roomWanted.push(done);
    });
  }

  /** Resolves when nothing waits any more. */
  async drain(): Promise<void> {
    while (this.#writers.size > 0) await Promise.all(this.#writers);
  }

  get #waiting(): number {
    return this.#accepted.length + this.#others.length;
  }

  #pump(): void {
    if (this.#waiting === 0 || this.#writers.size >= MOST_WRITERS) return;
    const hurryInMs = this.#writers.size === 0 ? 0 : this.#startedMs + this.#hurryMs - performance.now();
    if (hurryInMs > 0) return this.#pumpIn(hurryInMs);
    this.#startedMs = performance.now();
    const writer: Promise<void> = this.#write().finally(() => {
      this.#writers.delete(writer);
      this.#pump();
    });
    this.#writers.add(writer);
  }

  #pumpIn(ms: number): void {
    if (this.#hurry) return;
    this.#hurry = setTimeout(() => {
      this.#hurry = undefined;
      this.#pump();
    }, Math.ceil(ms));
  }

  async #write(): Promise<void> {
    // One turn of the event loop, so that replies that came in the same read are written together.
    await new Promise<void>((resolve) => setImmediate(resolve));
    const batch = this.#accepted.splice(0, this.#batchSize);
    batch.push(...this.#others.splice(0, this.#batchSize - batch.length));
    if (batch.length === 0) return;
    this.#underWay += batch.length;
    await this.#settle(batch);
    this.#underWay -= batch.length;
    if (this.lag < this.#mostWaiting) for (const done of this.#roomWanted.splice(0)) done();
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

const MOST_WRITERS = 2;
