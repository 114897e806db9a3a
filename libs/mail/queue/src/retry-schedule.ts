/** When a deferred recipient is tried again, and when we give up (RFC 5321 §4.5.4.1). */
export interface RetrySchedule {
  /** The wait after the first, second … attempt; the last one repeats. */
  readonly delaysMs: readonly number[];
  /** The time after acceptance at which a recipient that is still deferred expires. */
  readonly giveUpAfterMs: number;
  /** The share of a wait by which it is shortened or lengthened at random, so that a burst does not come back as a burst. */
  readonly jitter: number;
  /** Past its give-up time it is not even tried: what is of use for minutes only must not come an hour late. */
  readonly strict?: boolean;
  /** How long after its acceptance a sender is told that mail is late; four hours where it is left out. */
  readonly delayNoticeMs?: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** RFC 5321 §4.5.4.1: retry after at least 30 minutes on the whole, and give up after 4–5 days; earlier at first, since most faults are brief. */
export const DEFAULT_RETRY_SCHEDULE: RetrySchedule = Object.freeze({
  delaysMs: [5 * MINUTE, 10 * MINUTE, 30 * MINUTE, 1 * HOUR, 2 * HOUR, 4 * HOUR],
  giveUpAfterMs: 5 * 24 * HOUR,
  jitter: 0.1,
});

export type Next = { readonly kind: 'retry'; readonly dueAt: Date } | { readonly kind: 'expired' };

/**
 * What follows an attempt that did not end the recipient.
 *
 * `attempt` counts from 1. A retry that would fall past the give-up time is made at that time instead, so the last
 * attempt is made just before giving up; an attempt made at or past it expires.
 */
export function afterAttempt(options: {
  readonly schedule: RetrySchedule;
  readonly attempt: number;
  readonly now: Date;
  readonly acceptedAt: Date;
  /** A number from 0 up to 1. */
  readonly random: number;
  /** When the host asked us to come back, in milliseconds from now. */
  readonly hintMs?: number | undefined;
}): Next {
  const { schedule, attempt, now, acceptedAt, random, hintMs } = options;
  const giveUpAt = acceptedAt.getTime() + schedule.giveUpAfterMs;
  if (now.getTime() >= giveUpAt) return { kind: 'expired' };
  const base = schedule.delaysMs[Math.min(attempt, schedule.delaysMs.length) - 1] ?? schedule.giveUpAfterMs;
  // Whoever comes back before the time that he was told is turned away again, so chance only lengthens that.
  const wait =
    hintMs === undefined ? base * (1 + schedule.jitter * (2 * random - 1)) : hintMs * (1 + schedule.jitter * random);
  return { kind: 'retry', dueAt: new Date(Math.min(now.getTime() + Math.round(wait), giveUpAt)) };
}
