import { done, invalid, type Outcome } from '../outcome.ts';

const HOUR_MS = 3_600_000;

/** When a suspension ends: an hour from now unless it is said; undefined: not before it is lifted. */
export function readUntil(until: string | null | undefined, now: Date): Outcome<Date | undefined> {
  if (until === undefined) return done(new Date(now.getTime() + HOUR_MS));
  if (until === null) return done(undefined);
  const at = new Date(until);
  return at > now ? done(at) : invalid([{ field: 'body.until', message: 'Expected a time to come' }]);
}
