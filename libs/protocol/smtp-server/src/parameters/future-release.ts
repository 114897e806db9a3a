import { replies, type Reply } from '@postern/smtp';
import type { MailParameter } from './mail-parameters.ts';

/** HOLDFOR= keeps the message for so many seconds (RFC 4865 §4). */
export const holdForParameter: MailParameter = (value, { limits, now }) => {
  if (value === undefined || !/^[1-9]\d{0,8}$/.test(value)) return refused('Expected HOLDFOR= and a number of seconds');
  return release(new Date(now().getTime() + Number(value) * 1_000), { limits, now });
};

/** HOLDUNTIL= keeps it until an instant in UTC (RFC 4865 §4, RFC 3339 §5.6). One that has passed already is now. */
export const holdUntilParameter: MailParameter = (value, { limits, now }) => {
  const at = value !== undefined && INSTANT.test(value) ? new Date(value.toUpperCase()) : undefined;
  if (!at || Number.isNaN(at.getTime())) return refused('Expected HOLDUNTIL= as in 2027-01-31T08:00:00Z');
  return release(at, { limits, now });
};

/** What EHLO says: the longest time in seconds, and the latest instant (RFC 4865 §4). */
export function futureReleaseOffer(maxHoldSeconds: number, now: Date): string {
  const latest = new Date(now.getTime() + maxHoldSeconds * 1_000);
  return `FUTURERELEASE ${maxHoldSeconds} ${latest.toISOString().slice(0, 19)}Z`;
}

// RFC 3339 §5.6, without offsets that nobody can subtract in the head: UTC, or a numeric offset.
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:Z|[+-]\d{2}:\d{2})$/i;
/** Clocks differ, and the instant that EHLO named has moved meanwhile. */
const MARGIN_MS = 60_000;

function release(
  releaseAt: Date,
  { limits, now }: { readonly limits: { readonly maxHoldSeconds: number }; readonly now: () => Date },
) {
  if (releaseAt.getTime() > now().getTime() + limits.maxHoldSeconds * 1_000 + MARGIN_MS) {
    return refused(`A message is kept for at most ${limits.maxHoldSeconds} seconds`);
  }
  return { kind: 'read', says: { releaseAt } } as const;
}

function refused(says: string): { readonly kind: 'refused'; readonly reply: Reply } {
  return { kind: 'refused', reply: replies.malformedArgument(says) };
}
