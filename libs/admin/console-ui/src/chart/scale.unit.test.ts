import { expect, test } from 'vitest';
import { formatShort, labelled, scaleBy, scaleTo } from './scale.ts';

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

test('times from milliseconds to hours are all seen on one axis: each mark is as far from the next', () => {
  const scale = scaleBy([10, 100, 1_000, 60_000, 3_600_000], { least: 40, most: 70_000 });
  expect(scale.ticks).toEqual([10, 100, 1_000, 60_000, 3_600_000]);
  expect([10, 100, 1_000, 60_000, 3_600_000].map(scale.place)).toEqual([0, 0.25, 0.5, 0.75, 1]);
  expect(scale.place(Math.sqrt(100 * 1_000))).toBeCloseTo(0.375);
  expect([scale.place(1), scale.place(1e12)]).toEqual([0, 1]);
});

test.each([
  [{ least: 20, most: 30 }, [10, 100]],
  [{ least: 5, most: 10 }, [10, 100]],
  [{ least: 200, most: 5_000 }, [100, 1_000]],
  [{ least: Infinity, most: 0 }, [10, 100]],
])('an axis by marks that holds %o has two marks at least, within them', (range, ticks) => {
  expect(scaleBy([10, 100, 1_000], range).ticks).toEqual(ticks);
});
