import type { Answer } from '@postern/dns';
import type { CacheOptions } from './options.ts';

/** What an answer costs to keep besides its octets. */
const OVERHEAD_OCTETS = 256;

interface Entry {
  readonly answer: Answer<unknown>;
  readonly expiresAtMs: number;
  readonly octets: number;
}

/** Answers by question, for as long as they hold; the ones not used for longest make room. */
export class AnswerCache {
  readonly #options: Required<CacheOptions>;
  /** In the order of last use: a Map keeps the order of insertion. */
  readonly #entries = new Map<string, Entry>();
  #octets = 0;

  constructor(options: CacheOptions = {}) {
    this.#options = {
      maxOctets: 16 * 1_048_576,
      minTtlSeconds: 5,
      maxTtlSeconds: 86_400,
      maxNegativeTtlSeconds: 300,
      failureTtlSeconds: 5,
      ...options,
    };
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The answer that is kept, with the time that it has left. */
  get(key: string, nowMs: number): Answer<unknown> | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#drop(key, entry);
    if (entry.expiresAtMs <= nowMs) return undefined;
    this.#keep(key, entry);
    return withTtl(entry.answer, Math.ceil((entry.expiresAtMs - nowMs) / 1_000));
  }

  /** Keeps an answer, and answers it with the time that it will be kept. */
  put<Record>(
    key: string,
    answer: Answer<Record>,
    about: { readonly octets: number; readonly nowMs: number },
  ): Answer<Record> {
    const ttlSeconds = this.#ttlSeconds(answer);
    const octets = about.octets + 2 * key.length + OVERHEAD_OCTETS;
    const before = this.#entries.get(key);
    if (before) this.#drop(key, before);
    if (ttlSeconds > 0 && octets <= this.#options.maxOctets) {
      this.#keep(key, { answer, expiresAtMs: about.nowMs + 1_000 * ttlSeconds, octets });
      for (const [oldest, entry] of this.#entries) {
        if (this.#octets <= this.#options.maxOctets) break;
        this.#drop(oldest, entry);
      }
    }
    return withTtl(answer, ttlSeconds);
  }

  clear(): void {
    this.#entries.clear();
    this.#octets = 0;
  }

  #ttlSeconds(answer: Answer<unknown>): number {
    const { minTtlSeconds, maxTtlSeconds, maxNegativeTtlSeconds, failureTtlSeconds } = this.#options;
    if (answer.kind === 'failed') return failureTtlSeconds;
    const most = answer.kind === 'found' ? maxTtlSeconds : maxNegativeTtlSeconds;
    return Math.min(most, Math.max(minTtlSeconds, answer.ttlSeconds));
  }

  #keep(key: string, entry: Entry): void {
    this.#entries.set(key, entry);
    this.#octets += entry.octets;
  }

  #drop(key: string, entry: Entry): void {
    this.#entries.delete(key);
    this.#octets -= entry.octets;
  }
}

function withTtl<Record>(answer: Answer<Record>, ttlSeconds: number): Answer<Record> {
  return answer.kind === 'failed' ? answer : { ...answer, ttlSeconds };
}
