import type { RecordType } from '@postern/dns';
import type { Server, TrustAd } from './server.ts';

export interface ResolverOptions {
  /** Whom to ask; left out or empty, the system's resolvers (resolv.conf(5)). */
  readonly servers?: readonly Server[] | undefined;
  readonly trustAd: TrustAd;
  /** How long one server is given to answer once. */
  readonly timeoutMs?: number;
  /** How often each server is asked before the question has failed. */
  readonly attempts?: number;
  /** How long a question may take in all, whoever is asked. */
  readonly deadlineMs?: number;
  /** How many questions may be under way; more wait. */
  readonly maxConcurrent?: number;
  readonly cache?: CacheOptions;
  readonly log?: ResolverLog;
  readonly metrics?: ResolverMetrics;
  /** Milliseconds that never go backwards, for the age of what is cached. */
  readonly monotonicMs?: () => number;
  /** The file that names the system's resolvers. */
  readonly resolvConf?: string;
}

export interface CacheOptions {
  /** How much is kept, in octets as they came over the wire. */
  readonly maxOctets?: number;
  readonly minTtlSeconds?: number;
  readonly maxTtlSeconds?: number;
  /** Denials are kept no longer than this (RFC 2308 §5 allows three hours). */
  readonly maxNegativeTtlSeconds?: number;
  /** Failures are kept for this long (RFC 9520 §3.2: at least a second). */
  readonly failureTtlSeconds?: number;
}

/** Where the resolver tells what happens: facts, then an event. pino's logger fits. */
export interface ResolverLog {
  info(facts: object, event: string): void;
  warn(facts: object, event: string): void;
}

export interface ResolverMetrics {
  /** A server was asked once. `outcome` is the answer's kind, or the reason of a failure. */
  asked(facts: {
    readonly server: string;
    readonly type: RecordType;
    readonly outcome: string;
    readonly durationMs: number;
  }): void;
  /** A question was answered without asking. */
  cached(facts: { readonly type: RecordType }): void;
}
