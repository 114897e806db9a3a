import { type Pace, type PaceLimits, rateOf } from './pace.ts';

/** A block of messages that may be sent at once, taken from the rate that all processes share. */
export interface Taken {
  readonly pace: Pace;
  readonly granted: number;
  /** How long until there is another one; zero where there is no rate. */
  readonly nextInMs: number;
}

/** What a quiet site may get at once, as a share of a minute's. */
const BURST_MS = 2_000;

/**
 * Takes up to `want` messages from the rate. What is not granted is to be asked for again after `nextInMs`. A block that
 * is taken and not used is lost: the rate is never exceeded.
 */
export function take(pace: Pace, limits: PaceLimits, want: number, nowMs: number): Taken {
  const rate = rateOf(pace, limits);
  if (rate === undefined) return { pace, granted: want, nextInMs: 0 };
  const perMs = rate / 60_000;
  const most = Math.max(1, BURST_MS * perMs);
  const there = Math.min(most, pace.tokens + Math.max(0, nowMs - pace.tokensAtMs) * perMs);
  const granted = Math.min(want, Math.floor(there));
  const tokens = there - granted;
  return {
    pace: { ...pace, tokens, tokensAtMs: nowMs },
    granted,
    nextInMs: granted < want ? Math.ceil((1 - Math.min(tokens, 1)) / perMs) : 0,
  };
}
