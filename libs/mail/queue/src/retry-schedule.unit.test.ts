import { expect, test } from 'vitest';
import { afterAttempt, DEFAULT_RETRY_SCHEDULE } from './index.ts';

const acceptedAt = new Date('2026-01-01T00:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

test.each([
  [1, 5 * MINUTE],
  [2, 10 * MINUTE],
  [3, 30 * MINUTE],
  [4, 1 * HOUR],
  [5, 2 * HOUR],
  [6, 4 * HOUR],
  [7, 4 * HOUR],
  [40, 4 * HOUR],
])('after attempt %i the next one is due %i ms later when chance is even', (attempt, delayMs) => {
  expect(next({ attempt })).toEqual({ kind: 'retry', dueAt: new Date(acceptedAt.getTime() + delayMs) });
});

test('chance moves a retry by a tenth of its delay at most', () => {
  expect(next({ attempt: 4, random: 0 })).toEqual({ kind: 'retry', dueAt: new Date('2026-01-01T00:54:00Z') });
  const latest = next({ attempt: 4, random: 0.999_999_999 });
  expect(latest.kind === 'retry' && latest.dueAt <= new Date('2026-01-01T01:06:00Z')).toBe(true);
});

test('a retry that would fall past the give-up time is made at that time', () => {
  const now = new Date('2026-01-05T23:00:00Z');
  expect(next({ attempt: 30, now })).toEqual({ kind: 'retry', dueAt: new Date('2026-01-06T00:00:00Z') });
});

test('an attempt at the give-up time that fails expires', () => {
  expect(next({ attempt: 30, now: new Date('2026-01-06T00:00:00Z') })).toEqual({ kind: 'expired' });
});

test('an attempt after the give-up time that fails expires even when it is the first', () => {
  expect(next({ attempt: 1, now: new Date('2026-02-01T00:00:00Z') })).toEqual({ kind: 'expired' });
});

function next(change: { attempt: number; now?: Date; random?: number }) {
  return afterAttempt({ schedule: DEFAULT_RETRY_SCHEDULE, acceptedAt, now: acceptedAt, random: 0.5, ...change });
}
