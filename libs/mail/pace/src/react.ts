import { type Cause, firstPace, lanesOf, type Pace, type PaceLimits, rateOf } from './pace.ts';

/** What happened at a site, as far as its pace is concerned. */
export type PaceEvent =
  /** The host decided about messages, or nothing of them was its refusal to take more. */
  | { readonly kind: 'delivered'; readonly count: number }
  /** It takes fewer connections than it has. */
  | { readonly kind: 'fewer lanes'; readonly cause: Cause; readonly seen: Seen }
  /** It takes fewer messages in a time than it gets. */
  | { readonly kind: 'slower'; readonly cause: Cause; readonly seen: Seen }
  /** It is to be left alone for a time. */
  | { readonly kind: 'rest'; readonly cause: Cause; readonly forMs: number }
  /** None of its hosts answered, or the one that did would not talk. */
  | { readonly kind: 'no answer'; readonly cause: Cause; readonly seen: Seen };

/** What the store sees at that moment, across all processes. */
export interface Seen {
  /** Lanes that run. */
  readonly running: number;
  /** Messages that were delivered in the last minute. */
  readonly deliveredLastMinute: number;
}

/** A limit that was set because of a reply. */
export interface PaceChange {
  readonly kind: 'lanes' | 'rate' | 'rest' | 'answers';
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** When it will be lifted, or loosened for the first time. */
  readonly untilMs: number | undefined;
  readonly cause: Cause | undefined;
}

export interface Reaction {
  readonly pace: Pace;
  readonly change: PaceChange | undefined;
}

/** Several lanes hear of one refusal at about the same time: it counts once. */
const ONE_REFUSAL_MS = 5_000;
const GROW_EVERY_MS = 10_000;
const RATE_GROWS_EVERY_MS = 60_000;
/** A rate that was not heard of for so long is lifted. */
export const RATE_LASTS_MS = 60 * 60_000;
const FIRST_REST_MS = 5_000;
const LONGEST_REST_MS = 15 * 60_000;

/**
 * What an event makes of a pace: additive increase, multiplicative decrease. Refusals halve the lanes or the rate;
 * deliveries bring them back a step at a time, and double the lanes of a site that has never refused anything.
 */
export function react(pace: Pace, limits: PaceLimits, event: PaceEvent, nowMs: number): Reaction {
  const now = aged(pace, limits, nowMs);
  switch (event.kind) {
    case 'delivered':
      return delivered(now, limits, event.count, nowMs);
    case 'fewer lanes':
      return fewerLanes(now, limits, event, nowMs);
    case 'slower':
      return slower(now, limits, event, nowMs);
    case 'rest':
      return rest(now, nowMs + event.forMs, event.cause, nowMs);
    case 'no answer':
      return noAnswer(now, limits, event, nowMs);
  }
}

/** When the lanes of a site that refused some may come back by one. */
export function lanesGrowAtMs({ lanesChangedAtMs }: Pace): number {
  return lanesChangedAtMs + GROW_EVERY_MS;
}

/** What time alone does: a rate that was not heard of for long is lifted. */
function aged(pace: Pace, limits: PaceLimits, nowMs: number): Pace {
  if (pace.rateCause === undefined || nowMs - pace.rateCause.atMs < RATE_LASTS_MS) return pace;
  const { ratePerMinute, rateCause, rateChangedAtMs } = firstPace(limits);
  return { ...pace, ratePerMinute, rateCause, rateChangedAtMs };
}

function delivered(pace: Pace, limits: PaceLimits, count: number, nowMs: number): Reaction {
  if (pace.unanswered > 0) {
    const { lanes } = firstPace(limits);
    const answered = { ...pace, unanswered: 0, restUntilMs: undefined, restCause: undefined, delivered: 0 };
    return {
      pace: { ...answered, lanes, growth: 'doubling', lanesChangedAtMs: nowMs, lanesCause: undefined },
      change: { kind: 'answers', from: 1, to: lanes, untilMs: undefined, cause: undefined },
    };
  }
  const counted = fasterRate({ ...pace, delivered: pace.delivered + count }, limits, nowMs);
  const lanes = lanesOf(counted, limits);
  if (lanes >= limits.lanes.most) return { pace: counted, change: undefined };
  if (counted.growth === 'doubling' && counted.delivered >= lanes * 2)
    return { pace: withLanes(counted, Math.min(limits.lanes.most, lanes * 2), nowMs), change: undefined };
  if (counted.growth === 'stepwise' && counted.delivered >= lanes && nowMs >= lanesGrowAtMs(counted))
    return { pace: withLanes(counted, lanes + 1, nowMs), change: undefined };
  return { pace: counted, change: undefined };
}

function withLanes(pace: Pace, lanes: number, nowMs: number): Pace {
  return { ...pace, lanes, delivered: 0, lanesChangedAtMs: nowMs };
}

function fasterRate(pace: Pace, limits: PaceLimits, nowMs: number): Pace {
  const { ratePerMinute } = pace;
  if (ratePerMinute === undefined || nowMs - pace.rateChangedAtMs < RATE_GROWS_EVERY_MS) return pace;
  return { ...pace, ratePerMinute: ratePerMinute * 1.1 + limits.ratePerMinute.least / 10, rateChangedAtMs: nowMs };
}

function fewerLanes(
  pace: Pace,
  limits: PaceLimits,
  { cause, seen }: Extract<PaceEvent, { cause: Cause; seen: Seen }>,
  nowMs: number,
): Reaction {
  const heardOf = pace.lanesCause !== undefined && nowMs - pace.lanesChangedAtMs < ONE_REFUSAL_MS;
  if (heardOf && pace.growth === 'stepwise') return { pace, change: undefined };
  const from = lanesOf(pace, limits);
  const to = Math.max(limits.lanes.least, Math.floor(Math.min(from, Math.max(seen.running, 1)) / 2));
  // With the fewest lanes that there can be, only time helps.
  if (to >= from) return unanswered(pace, cause, nowMs);
  return {
    pace: { ...withLanes(pace, to, nowMs), growth: 'stepwise', lanesCause: cause },
    change: { kind: 'lanes', from, to, untilMs: nowMs + GROW_EVERY_MS, cause },
  };
}

function slower(
  pace: Pace,
  limits: PaceLimits,
  { cause, seen }: Extract<PaceEvent, { cause: Cause; seen: Seen }>,
  nowMs: number,
): Reaction {
  if (pace.rateCause !== undefined && nowMs - pace.rateChangedAtMs < ONE_REFUSAL_MS)
    return { pace: { ...pace, rateCause: cause }, change: undefined };
  const { least } = limits.ratePerMinute;
  const from = rateOf(pace, limits);
  // At the floor, and refused all the same: only time helps.
  if (from !== undefined && from <= least) return unanswered({ ...pace, rateCause: cause }, cause, nowMs);
  const to = Math.max(least, Math.min(from ?? Infinity, seen.deliveredLastMinute) / 2);
  const slowed = { ...pace, ratePerMinute: to, rateChangedAtMs: nowMs, rateCause: cause, tokens: 0, tokensAtMs: nowMs };
  return { pace: slowed, change: { kind: 'rate', from, to, untilMs: nowMs + RATE_LASTS_MS, cause } };
}

function noAnswer(
  pace: Pace,
  limits: PaceLimits,
  event: Extract<PaceEvent, { cause: Cause; seen: Seen }>,
  nowMs: number,
): Reaction {
  // Others get through: it is one connection too many, not a site that is away.
  if (event.seen.deliveredLastMinute > 0 && event.seen.running > 1 && lanesOf(pace, limits) > limits.lanes.least)
    return fewerLanes(pace, limits, event, nowMs);
  return unanswered(pace, event.cause, nowMs);
}

/** The site is left alone, twice as long each time; then one message finds out. */
function unanswered(pace: Pace, cause: Cause, nowMs: number): Reaction {
  // Lanes that were under way when the rest began tell nothing new.
  if (pace.restUntilMs !== undefined && nowMs < pace.restUntilMs) return { pace, change: undefined };
  const forMs = Math.min(FIRST_REST_MS * 2 ** Math.min(pace.unanswered, 20), LONGEST_REST_MS);
  return rest({ ...pace, unanswered: pace.unanswered + 1 }, nowMs + forMs, cause, nowMs);
}

function rest(pace: Pace, untilMs: number, cause: Cause, nowMs: number): Reaction {
  const restUntilMs = Math.max(untilMs, pace.restUntilMs ?? 0);
  const rested = {
    ...pace,
    unanswered: Math.max(pace.unanswered, 1),
    restUntilMs,
    restCause: cause,
    lanesChangedAtMs: nowMs,
  };
  return { pace: rested, change: { kind: 'rest', from: undefined, to: undefined, untilMs: restUntilMs, cause } };
}
