import { expect, test } from 'vitest';
import { secondsOf, spanOf } from './spans.ts';

test.each(['30s', '5m', '90m', '2h', '5d'])('%s is read and written alike', (span) => {
  expect(spanOf(secondsOf(span))).toBe(span);
});

test.each(['', '5', 'm', '0m', '1.5h', '5 weeks'])('“%s” is no span', (text) => {
  expect(secondsOf(text)).toBeNaN();
});
