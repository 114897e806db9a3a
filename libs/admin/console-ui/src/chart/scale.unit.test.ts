import { expect, test } from 'vitest';
import { formatShort, labelled, scaleTo } from './scale.ts';

test.each([
  [0, 1, 2],
  [1, 1, 2],
  [3, 3, 4],
  [7, 8, 5],
  [100, 100, 5],
  [101, 150, 4],
  [1_234_567, 1_500_000, 4],
])('an axis that holds %d ends at a round number, in a few steps', (most, top, ticks) => {
  const scale = scaleTo(most);
  expect(scale.top).toBeGreaterThanOrEqual(most);
  expect(scale.ticks.length).toBeLessThanOrEqual(6);
  expect(scale.ticks.at(-1)).toBe(scale.top);
  expect([scale.top, scale.ticks.length]).toEqual([top, ticks]);
});

test('shares have steps smaller than one', () => {
  expect(scaleTo(0.12, { whole: false }).ticks.at(1)).toBeLessThan(0.06);
});

test('labels are as many as there is room for', () => {
  expect(labelled(60, 6)).toEqual([0, 10, 20, 30, 40, 50]);
  expect(labelled(3, 6)).toEqual([0, 1, 2]);
});

test('large counts are short', () => {
  expect([950, 1_200, 3_000_000].map(formatShort)).toEqual(['950', '1.2k', '3M']);
});
