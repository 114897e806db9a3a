/**
 * Why a pace was changed: the reply of a host (`remote`), or our account of what was seen there (`local`: nobody answered,
 * the connection was lost), and which rule it counts by. Bounded, as attempts keep replies.
 */
export interface Cause {
  readonly atMs: number;
  /** The rule that matched, or what a fault of the connection is called. */
  readonly rule: string;
  readonly host: string | undefined;
  readonly reply: {
    readonly from: 'remote' | 'local';
    readonly code: number;
    readonly enhanced: string | undefined;
    readonly text: string;
  };
}

/**
 * What was learnt about how a delivery queue takes mail. Shared by all delivery processes. Instants are milliseconds
 * since the epoch by the store's clock.
 */
export interface Pace {
  /** How many lanes may run, across all processes: those with a lower number. */
  readonly lanes: number;
  /** As long as nothing was refused the lanes double; afterwards they come back one by one. */
  readonly growth: 'doubling' | 'stepwise';
  /** Messages that were decided since the number of lanes changed. */
  readonly delivered: number;
  readonly lanesChangedAtMs: number;
  readonly lanesCause: Cause | undefined;
  /** Messages a minute; undefined: as fast as they go. */
  readonly ratePerMinute: number | undefined;
  readonly rateChangedAtMs: number;
  readonly rateCause: Cause | undefined;
  /** What is left of the rate to be taken, and when that was. */
  readonly tokens: number;
  readonly tokensAtMs: number;
  /** Until when nothing is sent; when it is over, one message finds out. */
  readonly restUntilMs: number | undefined;
  readonly restCause: Cause | undefined;
  /** How often in a row nobody took anything. */
  readonly unanswered: number;
}

/** Between what a pace moves. */
export interface PaceLimits {
  readonly lanes: { readonly least: number; readonly first: number; readonly most: number };
  readonly ratePerMinute: { readonly least: number; readonly most: number | undefined };
  /** After how much a connection is closed, however well it goes. */
  readonly connection: { readonly messages: number; readonly seconds: number };
}

export const DEFAULT_LIMITS: PaceLimits = Object.freeze({
  lanes: { least: 1, first: 4, most: 20 },
  ratePerMinute: { least: 6, most: undefined },
  connection: { messages: 1_000, seconds: 300 },
});

/** The pace of a queue about which nothing is known yet. */
export function firstPace(limits: PaceLimits): Pace {
  return {
    lanes: limits.lanes.first,
    growth: 'doubling',
    delivered: 0,
    lanesChangedAtMs: 0,
    lanesCause: undefined,
    ratePerMinute: undefined,
    rateChangedAtMs: 0,
    rateCause: undefined,
    tokens: 0,
    tokensAtMs: 0,
    restUntilMs: undefined,
    restCause: undefined,
    unanswered: 0,
  };
}

/** Whether the queue rests: nothing is sent. */
export function rests({ restUntilMs }: Pace, nowMs: number): boolean {
  return restUntilMs !== undefined && nowMs < restUntilMs;
}

/** Whether the queue has rested, and one message is to find out whether it is answered again. */
export function probes(pace: Pace, nowMs: number): boolean {
  return pace.unanswered > 0 && !rests(pace, nowMs);
}

/** How many lanes may run now, within what the limits say now. */
export function lanesOf(pace: Pace, limits: PaceLimits): number {
  if (pace.unanswered > 0) return 1;
  return Math.max(limits.lanes.least, Math.min(limits.lanes.most, pace.lanes));
}

/** Messages a minute, by what was learnt and by what the limits say; undefined: as fast as they go. */
export function rateOf({ ratePerMinute }: Pace, limits: PaceLimits): number | undefined {
  const { most } = limits.ratePerMinute;
  if (ratePerMinute === undefined) return most;
  return most === undefined ? ratePerMinute : Math.min(ratePerMinute, most);
}
