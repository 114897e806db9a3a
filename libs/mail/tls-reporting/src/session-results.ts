import type { ReportStore } from './ports.ts';

/** What came of TLS in one session with a mail host of a domain. */
export interface SessionResult {
  readonly domain: string;
  readonly policyType: 'tlsa' | 'sts' | 'no-policy-found';
  /** The policy as a report quotes it (RFC 8460 §4.4). */
  readonly policyString: readonly string[];
  readonly mxHost: readonly string[];
  /** Undefined for a success. */
  readonly failure?: {
    /** RFC 8460 §4.3. */
    readonly resultType: string;
    readonly host?: string | undefined;
    readonly helo?: string | undefined;
    readonly address?: string | undefined;
    readonly sourceAddress?: string | undefined;
    readonly because: string;
  };
}

/** Sessions of one day that came out alike. */
export interface CountedResult extends SessionResult {
  /** The UTC day: `2026-11-21`. */
  readonly day: string;
  readonly sessions: number;
}

/** How many results that differ are kept between two writes; what comes beyond loses its details, and then its count. */
const MAX_RESULTS = 5_000;

/**
 * Counts what came of TLS, for reports: in memory, and written together once in a while, so that mail costs no statement.
 * What a crash forgets was counted for some seconds only.
 */
export class SessionResults {
  readonly #counted = new Map<string, CountedResult>();
  readonly #now: () => Date;

  constructor(now: () => Date = () => new Date()) {
    this.#now = now;
  }

  add(result: SessionResult): void {
    const day = this.#now().toISOString().slice(0, 10);
    const kept = this.#counted.size < MAX_RESULTS ? result : withoutDetails(result);
    const key = JSON.stringify([day, kept]);
    const before = this.#counted.get(key);
    if (!before && this.#counted.size >= MAX_RESULTS * 2) return;
    this.#counted.set(key, { ...kept, day, sessions: (before?.sessions ?? 0) + 1 });
  }

  /** Writes what was counted; keeps it when that fails. */
  async flush(store: Pick<ReportStore, 'countSessions'>): Promise<void> {
    if (this.#counted.size === 0) return;
    const written = [...this.#counted.values()];
    this.#counted.clear();
    try {
      await store.countSessions(written);
    } catch (cause) {
      for (const each of written) this.#putBack(each);
      throw cause;
    }
  }

  #putBack({ day, sessions, ...result }: CountedResult): void {
    const key = JSON.stringify([day, result]);
    const since = this.#counted.get(key)?.sessions ?? 0;
    this.#counted.set(key, { ...result, day, sessions: sessions + since });
  }
}

function withoutDetails({ domain, policyType, failure }: SessionResult): SessionResult {
  return {
    domain,
    policyType,
    policyString: [],
    mxHost: [],
    ...(failure ? { failure: { resultType: failure.resultType, because: '' } } : {}),
  };
}
