import { cpuMsOf } from '@postern/clock';
import { expect, test } from 'vitest';
import { retryHintMs } from './index.ts';

const MINUTE = 60_000;

test.each([
  ['Greylisted, please try again in 300 seconds', 5 * MINUTE],
  ['4.2.0 Greylisted, see http://postgrey.example/help/x.html: Greylisted for 60 seconds', MINUTE],
  ['Please retry in 5 minutes', 5 * MINUTE],
  ['Try again in 00:04:30', 4.5 * MINUTE],
  ['retry after 120', 2 * MINUTE],
  ['Too busy, come back in about 1 hour', 60 * MINUTE],
  ['try again in 10min', 10 * MINUTE],
  ['rate limited; wait 30s', 30_000],
])('%s', (text, ms) => {
  expect(retryHintMs(text)).toBe(ms);
});

test.each([
  '4.7.0 Try again later',
  'Please try again',
  '450 mailbox busy',
  'Try again later, closing connection. 8si1234567 - gsmtp',
  'See https://support.example/again?answer=2003 for more',
  'Mail from 192.0.2.1 deferred; contact us',
])('%s asks for no time', (text) => {
  expect(retryHintMs(text)).toBeUndefined();
});

test('what is asked for is bounded, and a text of a megabyte is read in no time', () => {
  expect(retryHintMs('try again in 1 second')).toBe(5_000);
  expect(retryHintMs('try again in 999999 hours')).toBe(240 * MINUTE);
  expect(cpuMsOf(() => retryHintMs('again '.repeat(200_000)))).toBeLessThan(500);
});
