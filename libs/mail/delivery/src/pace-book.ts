import {
  type Aside,
  DEFAULT_LIMITS,
  lanesOf,
  type Paced,
  type PaceLimits,
  type PaceStore,
  probes,
  rateOf,
  rests,
  type ToldEvent,
} from '@postern/pace';
import type { Clock, QueueId } from '@postern/queue';
import type { DeliveryLog } from './log.ts';

interface Page {
  readonly paced: Paced;
  /** By this process's clock. */
  readonly readAtMs: number;
  /** Messages that were decided here and not told yet. */
  delivered: number;
  /** Of the rate, taken for this process and not used yet. */
  tokens: number;
  tokensUntilMs: number;
  telling: boolean;
}

/** So long may a page be old before a lane goes by it no more. */
const FRESH_MS = 1_000;
/** A quiet site's growth is told in so many steps; nobody waits for it. */
const TELL_RATE_MS = 10_000;
const MAX_PAGES = 20_000;

/**
 * What this process knows of the paces of its queues: a second old at most where it matters, and never trusted with a
 * limit, for claims and blocks of the rate are the store's to give.
 */
export class PaceBook {
  readonly #store: PaceStore;
  readonly #clock: Clock;
  readonly #log: DeliveryLog;
  readonly #pages = new Map<QueueId, Page>();

  constructor(options: { readonly store: PaceStore; readonly clock: Clock; readonly log: DeliveryLog }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#log = options.log;
  }

  /** What was read with the queue itself. */
  read(queueId: QueueId, paced: Paced): void {
    const before = this.#pages.get(queueId);
    if (!before && this.#pages.size >= MAX_PAGES) this.#pages.clear();
    this.#pages.set(queueId, {
      delivered: before?.delivered ?? 0,
      tokens: before?.tokens ?? 0,
      tokensUntilMs: before?.tokensUntilMs ?? 0,
      telling: before?.telling ?? false,
      paced,
      readAtMs: this.#clock.monotonicMs(),
    });
  }

  /** Reads the paces of these queues again. */
  async refresh(queueIds: readonly QueueId[]): Promise<void> {
    for (const [queueId, paced] of await this.#store.look(queueIds)) this.read(queueId, paced);
  }

  /** How many lanes the queue may have, as far as is known. */
  lanes(queueId: QueueId): number {
    const page = this.#pages.get(queueId);
    return page ? lanesOf(page.paced.pace, page.paced.limits) : DEFAULT_LIMITS.lanes.first;
  }

  limits(queueId: QueueId): PaceLimits {
    return this.#pages.get(queueId)?.paced.limits ?? DEFAULT_LIMITS;
  }

  /** Whether nothing is sent from the queue now. */
  rests(queueId: QueueId): boolean {
    const page = this.#pages.get(queueId);
    return page !== undefined && rests(page.paced.pace, this.#nowMs(page));
  }

  /** Until when the mail of a sender, or from a source, rests here; undefined when it does not. */
  aside(queueId: QueueId, kind: Aside['kind'], subject: string): Date | undefined {
    const page = this.#pages.get(queueId);
    if (!page || page.paced.aside.length === 0) return undefined;
    const found = page.paced.aside.find((each) => each.kind === kind && each.subject === subject);
    return found && found.untilMs > this.#nowMs(page) ? new Date(found.untilMs) : undefined;
  }

  /** Lets the mail of a sender, or from a source, rest here. Never rejects. */
  async setAside(queueId: QueueId, aside: Parameters<PaceStore['setAside']>[1]): Promise<void> {
    try {
      this.read(queueId, await this.#store.setAside(queueId, aside));
      const { kind, subject, forMs, cause } = aside;
      this.#log.info({ queueId, kind, subject, forMs, rule: cause.rule, reply: cause.reply }, 'mail of one rests');
    } catch (cause) {
      this.#log.warn({ err: cause, queueId }, 'pace not told');
    }
  }

  /** Whether one message is to find out whether the queue's hosts answer. */
  probes(queueId: QueueId): boolean {
    const page = this.#pages.get(queueId);
    return page !== undefined && probes(page.paced.pace, this.#nowMs(page));
  }

  /** What the last rest was for, to be told to those who wait for it. */
  restCause(queueId: QueueId) {
    return this.#pages.get(queueId)?.paced.pace.restCause;
  }

  /** Messages were decided by a host. Tells the store where that may change something; undefined where it may not. */
  delivered(queueId: QueueId, count: number): Promise<void> | undefined {
    const page = this.#pages.get(queueId);
    if (!page) return undefined;
    page.delivered += count;
    if (page.telling) return undefined;
    const { pace, limits } = page.paced;
    if (pace.unanswered > 0) return this.#tellDelivered(queueId, page);
    const lanes = lanesOf(pace, limits);
    if (lanes >= limits.lanes.most && pace.ratePerMinute === undefined) return undefined;
    const ageMs = this.#clock.monotonicMs() - page.readAtMs;
    const grows =
      lanes < limits.lanes.most &&
      (pace.growth === 'doubling' ? page.delivered >= lanes * 2 : page.delivered >= lanes && ageMs >= FRESH_MS);
    const faster = pace.ratePerMinute !== undefined && ageMs >= TELL_RATE_MS;
    return grows || faster ? this.#tellDelivered(queueId, page) : undefined;
  }

  /** Tells the store what happened, and goes by what it made of it. Never rejects: what is not told now is met again. */
  async tell(queueId: QueueId, event: ToldEvent): Promise<void> {
    const before = this.#pages.get(queueId)?.paced.pace;
    try {
      const paced = await this.#store.tell(queueId, event);
      this.read(queueId, paced);
      if (event.kind === 'delivered' && before?.unanswered === 0) return;
      const { pace, limits } = paced;
      const facts = { queueId, lanes: lanesOf(pace, limits), ratePerMinute: rateOf(pace, limits) };
      const until = pace.restUntilMs === undefined ? undefined : new Date(pace.restUntilMs);
      if (event.kind === 'delivered') this.#log.info(facts, 'queue answers again');
      else
        this.#log.info(
          { ...facts, restsUntil: until, rule: event.cause.rule, host: event.cause.host, reply: event.cause.reply },
          'pace changed',
        );
    } catch (cause) {
      this.#log.warn({ err: cause, queueId }, 'pace not told');
    }
  }

  /**
   * Up to `want` messages of the rate that all processes share; all of them where there is none. What is not used may be
   * given back for the next lane of this process.
   */
  async take(queueId: QueueId, want: number): Promise<{ readonly granted: number; readonly nextInMs: number }> {
    const page = this.#pages.get(queueId);
    if (!page || rateOf(page.paced.pace, page.paced.limits) === undefined) return { granted: want, nextInMs: 0 };
    const now = this.#clock.monotonicMs();
    const kept = now < page.tokensUntilMs ? Math.min(want, page.tokens) : 0;
    if (kept > 0) {
      page.tokens -= kept;
      return { granted: kept, nextInMs: 0 };
    }
    return this.#store.take(queueId, want);
  }

  giveBack(queueId: QueueId, unused: number): void {
    const page = this.#pages.get(queueId);
    if (!page || unused <= 0 || rateOf(page.paced.pace, page.paced.limits) === undefined) return;
    const now = this.#clock.monotonicMs();
    page.tokens = (now < page.tokensUntilMs ? page.tokens : 0) + unused;
    page.tokensUntilMs = now + KEEP_TOKENS_MS;
  }

  async #tellDelivered(queueId: QueueId, page: Page): Promise<void> {
    const count = page.delivered;
    page.delivered = 0;
    page.telling = true;
    try {
      await this.tell(queueId, { kind: 'delivered', count });
    } finally {
      const now = this.#pages.get(queueId);
      if (now) now.telling = false;
    }
  }

  /** The store's clock, carried on by ours. */
  #nowMs({ paced, readAtMs }: Page): number {
    return paced.nowMs + this.#clock.monotonicMs() - readAtMs;
  }
}

/** Longer than a lane waits for work; a block that nobody uses is not saved up for a burst. */
const KEEP_TOKENS_MS = 2_000;
