import { expect, test } from 'vitest';
import { DEFAULT_LIMITS, firstPace, type Pace } from './pace.ts';
import { take } from './tokens.ts';

const limits = { ...DEFAULT_LIMITS, ratePerMinute: { least: 1, most: 60 } };

test('without a rate everything is granted at once', () => {
  expect(take(firstPace(DEFAULT_LIMITS), DEFAULT_LIMITS, 100, 0)).toMatchObject({ granted: 100, nextInMs: 0 });
});

test('over any time no more is granted than the rate and one burst', () => {
  let pace: Pace = firstPace(limits);
  let granted = 0;
  for (let atMs = 1_000_000; atMs <= 1_060_000; atMs += 137) {
    const taken = take(pace, limits, 7, atMs);
    pace = taken.pace;
    granted += taken.granted;
  }
  expect(granted).toBeGreaterThanOrEqual(59);
  expect(granted).toBeLessThanOrEqual(62);
});

test('who gets nothing hears when to ask again, and gets one then', () => {
  const emptied = take(firstPace(limits), limits, 100, 1_000_000).pace;
  const none = take(emptied, limits, 1, 1_000_100);
  expect(none).toMatchObject({ granted: 0, nextInMs: 900 });
  expect(take(none.pace, limits, 1, 1_000_100 + none.nextInMs).granted).toBe(1);
});

test('a clock that goes back grants nothing and takes nothing away', () => {
  const emptied = take(firstPace(limits), limits, 100, 1_000_000).pace;
  expect(take(emptied, limits, 1, 500_000).granted).toBe(0);
});
