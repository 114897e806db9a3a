import { expect, test } from 'vitest';
import { isTrustedProxy } from './trusted-proxy.ts';

test.each([
  ['127.0.0.1', 0],
  ['127.1.2.3', 3],
  ['::1', 1],
  ['::ffff:127.0.0.1', 0],
  ['172.18.0.5', 0],
  ['fd00::5', 0],
])('%s at hop %i is believed', (address, hop) => expect(isTrustedProxy(address, hop)).toBe(true));

test.each([
  ['172.18.0.5', 1],
  ['192.168.1.7', 1],
  ['203.0.113.9', 0],
  ['2001:db8::1', 0],
  ['::', 0],
  ['0.0.0.0', 0],
  ['not an address', 0],
])('%s at hop %i is not believed', (address, hop) => expect(isTrustedProxy(address, hop)).toBe(false));
