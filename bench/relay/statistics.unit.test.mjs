import { expect, test } from 'vitest';
import { median, spread } from './statistics.mjs';

test('the median of an even number of figures lies between the two in the middle', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([3, 1, 2])).toBe(2);
});

test('a single figure stands alone, several with the least and the most', () => {
  expect(spread([1.234], 1)).toBe('1.2');
  expect(spread([500, 700, 600], 0)).toBe('600 (500–700)');
});
