import { expect, test } from 'vitest';
import { headStartMs, inTimeFor, startsAt } from './requests.ts';

const now = new Date('2026-01-01T00:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
const returned = (seconds: number) => ({ at: later(seconds), mode: 'R', trace: false }) as const;

test.each([
  ['by half of what is left', 120, 300, 60],
  ['by its schedule when that is sooner', 1_200, 300, 300],
  ['when the time is over, where little is left', 8, 300, 8],
])('a message that is returned when it is late is tried again %s', (_, left, scheduled, due) => {
  expect(inTimeFor(returned(left), later(scheduled), now)).toEqual(later(due));
});

test('who only wants to be told of lateness is tried again by the schedule', () => {
  expect(inTimeFor({ ...returned(60), mode: 'N' }, later(300), now)).toEqual(later(300));
  expect(inTimeFor(undefined, later(300), now)).toEqual(later(300));
});

test('the time until a message is given up counts from its release', () => {
  expect(startsAt({ acceptedAt: now, releaseAt: later(60) })).toEqual(later(60));
  expect(startsAt({ acceptedAt: now, releaseAt: later(-60) })).toEqual(now);
  expect(startsAt({ acceptedAt: now })).toEqual(now);
});

test('a priority is a head start of five minutes a step', () => {
  expect([9, 0, -1].map(headStartMs)).toEqual([45 * 60_000, 0, -5 * 60_000]);
});
