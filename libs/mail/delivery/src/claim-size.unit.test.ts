import { expect, test } from 'vitest';
import { ClaimSize } from './claim-size.ts';

test('where messages take a millisecond a claim grows, twofold at a time, to its most', () => {
  const size = new ClaimSize();
  const sizes = Array.from({ length: 5 }, () => {
    size.sent(10, 10);
    return size.recipients;
  });
  expect(sizes).toEqual([20, 40, 80, 100, 100]);
});

test('where a message takes half a second a claim is small', () => {
  const size = new ClaimSize();
  size.sent(9, 4_500);
  expect(size.recipients).toBe(5);
});
