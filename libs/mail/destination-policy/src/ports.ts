import type { StsFault, StsPolicy } from '@postern/tls-policy';

/** What is kept of a domain's MTA-STS policy. */
export interface StoredSts {
  readonly domain: string;
  /** The policy that was fetched last; it counts until `expiresAt`, whatever happens meanwhile (RFC 8461 §3.3). */
  readonly kept?: {
    readonly id: string;
    readonly policy: StsPolicy;
    readonly fetchedAt: Date;
    readonly expiresAt: Date;
  };
  /** When it was last tried to fetch it, for which id, and what went wrong then. */
  readonly triedAt: Date;
  readonly triedId: string;
  readonly fault?: StsFault;
}

/** Where policies are kept, for all processes. */
export interface PolicyStore {
  findSts(domain: string): Promise<StoredSts | undefined>;
  /** The domains of which something was kept or tried since then. */
  stsChangedSince(since: Date): Promise<readonly string[]>;
  /** Keeps a fetched policy in place of the one before. */
  keepSts(domain: string, kept: NonNullable<StoredSts['kept']>): Promise<void>;
  /** Keeps that fetching failed; the policy that is kept stays. */
  keepStsFault(
    domain: string,
    failed: { readonly id: string; readonly at: Date; readonly fault: StsFault },
  ): Promise<void>;
  /**
   * Policies that count and were not fetched since `before`, or not in half of their time, or failed to be an hour ago; at most
   * `limit`; another process that asks gets others.
   */
  takeStsToRefresh(before: Date, limit: number): Promise<readonly string[]>;
}

/** Fetches the policy file of a domain. Never rejects. */
export interface PolicyFetcher {
  fetch(domain: string): Promise<FetchedPolicy>;
}

export type FetchedPolicy =
  { readonly kind: 'fetched'; readonly text: string } | { readonly kind: 'failed'; readonly fault: StsFault };

/** Where policies tell what happens: facts, then an event. */
export interface PolicyLog {
  info(facts: object, event: string): void;
  warn(facts: object, event: string): void;
}
