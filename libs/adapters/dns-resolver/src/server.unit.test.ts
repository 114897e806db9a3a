import { expect, test } from 'vitest';
import { believesAd, serversToAsk } from './server.ts';

const LOCAL = { address: '127.0.0.53', port: 53 };
const LOCAL6 = { address: '::1', port: 5353 };
const REMOTE = { address: '192.0.2.53', port: 53 };

test.each([
  [LOCAL, 'auto', true],
  [LOCAL6, 'auto', true],
  [REMOTE, 'auto', false],
  [REMOTE, 'yes', true],
  [LOCAL, 'no', false],
] as const)('the AD bit of %o under %s is believed: %j', (server, trustAd, believed) => {
  expect(believesAd(server, trustAd)).toBe(believed);
});

test('where some servers are believed, the others are not asked', () => {
  expect(serversToAsk([REMOTE, LOCAL, LOCAL6], 'auto')).toEqual([LOCAL, LOCAL6]);
});

test('where none is believed, or all are, all are asked', () => {
  expect(serversToAsk([REMOTE], 'auto')).toEqual([REMOTE]);
  expect(serversToAsk([REMOTE, LOCAL], 'yes')).toEqual([REMOTE, LOCAL]);
  expect(serversToAsk([REMOTE, LOCAL], 'no')).toEqual([REMOTE, LOCAL]);
});
