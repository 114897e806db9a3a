import type { AdminStore } from '@postern/administration';
import type { Clock } from '@postern/queue';

/** What is left of somebody's requests of this minute. */
export interface Allowance {
  readonly admitted: boolean;
  readonly limit: number;
  readonly remaining: number;
  readonly resetSeconds: number;
}

export interface RateLimit {
  /** Takes one request of whoever asks. */
  take(who: string): Promise<Allowance>;
}

export interface RateLimitOptions {
  readonly store: Pick<AdminStore, 'takeRequests'>;
  readonly clock: Pick<Clock, 'now'>;
  /** Requests a minute of each account, API key and unknown address. */
  readonly perMinute: number;
}

const SLOT_MS = 60_000;
/** So many who ask are remembered; the one that asked longest ago is forgotten, and takes anew. */
const REMEMBERED = 10_000;
const MOST_AT_ONCE = 25;

interface Share {
  readonly slot: number;
  /** Taken from the store and not used yet. */
  left: number;
  /** Taken by all processes, when the store was last asked. */
  taken: number;
}

/**
 * Counts requests by the minute, across all processes: each takes some at a time from the store, fewer as the minute's limit
 * comes near, so that together they never admit more than the limit. Who has used it up costs the store nothing more.
 */
export function rateLimit({ store, clock, perMinute }: RateLimitOptions): RateLimit {
  const shares = new Map<string, Share>();
  const allowance = (share: Share, now: number, admitted: boolean): Allowance => ({
    admitted,
    limit: perMinute,
    remaining: Math.max(0, perMinute - share.taken) + share.left,
    resetSeconds: Math.max(1, Math.ceil((share.slot + SLOT_MS - now) / 1000)),
  });
  return {
    async take(who) {
      const now = clock.now().getTime();
      const slot = now - (now % SLOT_MS);
      const known = shares.get(who);
      const share: Share = known?.slot === slot ? known : { slot, left: 0, taken: 0 };
      shares.delete(who);
      shares.set(who, share);
      if (shares.size > REMEMBERED)
        for (const oldest of shares.keys()) {
          shares.delete(oldest);
          break;
        }
      if (share.left === 0 && share.taken < perMinute) {
        const count = Math.min(MOST_AT_ONCE, Math.max(1, Math.floor((perMinute - share.taken) / 8)));
        const taken = await store.takeRequests({ who, slot: new Date(slot), count });
        share.left += Math.max(0, Math.min(count, perMinute - (taken - count)));
        share.taken = Math.max(share.taken, Math.min(taken, perMinute));
      }
      if (share.left === 0) return allowance(share, now, false);
      share.left -= 1;
      return allowance(share, now, true);
    },
  };
}

/** The header fields that tell of an allowance (draft-ietf-httpapi-ratelimit-headers-10 §3, §4). */
export function allowanceFields({ limit, remaining, resetSeconds }: Allowance): Readonly<Record<string, string>> {
  return {
    'ratelimit-policy': `"minute";q=${limit};w=${SLOT_MS / 1000}`,
    ratelimit: `"minute";r=${remaining};t=${resetSeconds}`,
  };
}
