import { expect, test } from 'vitest';
import { trendWords } from './trend-words.ts';

test('a trend tells those who do not see it how much there was, and when the last trouble was', () => {
  expect(trendWords({ delivered: [1_000, 234, 0], troubled: [2, 0, 0] })).toBe(
    'In the last 24 hours: 1,234 delivered, 2 deferred or failed, the last of them 2 hours ago',
  );
  expect(trendWords({ delivered: [0], troubled: [1] })).toMatch(
    /1 deferred or failed, the last of them within this hour$/,
  );
  expect(trendWords({ delivered: [5], troubled: [0] })).toMatch(/5 delivered, 0 deferred or failed$/);
});
