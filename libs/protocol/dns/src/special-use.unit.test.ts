import { describe, expect, test } from 'vitest';
import { type Network, parseNetwork } from './network.ts';
import { allowList, specialUse } from './special-use.ts';

test.each([
  ['0.0.0.0', 'unspecified'],
  ['0.1.2.3', 'unspecified'],
  ['10.0.0.1', 'private use'],
  ['100.64.0.1', 'shared address space'],
  ['100.127.255.255', 'shared address space'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['169.254.169.254', 'link local'],
  ['172.16.0.1', 'private use'],
  ['172.31.255.255', 'private use'],
  ['192.0.0.8', 'IETF protocol assignments'],
  ['192.0.2.1', 'documentation'],
  ['192.88.99.1', '6to4 relay anycast'],
  ['192.168.1.1', 'private use'],
  ['198.19.255.255', 'benchmarking'],
  ['198.51.100.1', 'documentation'],
  ['203.0.113.1', 'documentation'],
  ['224.0.0.1', 'multicast'],
  ['239.255.255.255', 'multicast'],
  ['240.0.0.1', 'reserved'],
  ['255.255.255.255', 'limited broadcast'],
  ['::', 'unspecified'],
  ['::1', 'loopback'],
  ['::10.0.0.1', 'reserved'],
  ['::ffff:10.0.0.1', 'private use'],
  ['::ffff:7f00:1', 'loopback'],
  ['64:ff9b::10.0.0.1', 'private use by NAT64'],
  ['64:ff9b::7f00:1', 'loopback by NAT64'],
  ['64:ff9b:1::1', 'local-use NAT64'],
  ['100::1', 'discard only'],
  ['2001::1', 'Teredo'],
  ['2001:10::1', 'IETF protocol assignments'],
  ['2001:db8::1', 'documentation'],
  ['2002:7f00:1::1', 'loopback by 6to4'],
  ['2002:a00:1::', 'private use by 6to4'],
  ['3fff::1', 'documentation'],
  ['5f00::1', 'segment routing'],
  ['4000::1', 'reserved'],
  ['fc00::1', 'unique local'],
  ['fdff::1', 'unique local'],
  ['fe80::1', 'link local'],
  ['fe80::1%lo', 'link local'],
  ['fec0::1', 'site local'],
  ['ff02::1', 'multicast'],
  ['127.1', 'not an address'],
  ['localhost', 'not an address'],
  ['', 'not an address'],
])('%j is special: %s', (address, use) => {
  expect(specialUse(address)).toBe(use);
});

test.each([
  '1.1.1.1',
  '9.255.255.255',
  '11.0.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '126.255.255.255',
  '128.0.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '192.0.1.0',
  '192.167.255.255',
  '198.17.255.255',
  '198.20.0.0',
  '223.255.255.255',
  '2001:200::1',
  '2001:4860:4860::8888',
  '2a00:1450:4001::1b',
  '::ffff:8.8.8.8',
  '64:ff9b::8.8.8.8',
  '2002:808:808::1',
])('%s is of the public Internet', (address) => {
  expect(specialUse(address)).toBeUndefined();
});

describe('an allow-list', () => {
  const list = allowList([network('127.0.0.0/8'), network('fd00::/8')]);

  test('lets the addresses in it be reached, IPv4-mapped ones too', () => {
    expect(list.refuses('127.9.9.9')).toBeUndefined();
    expect(list.refuses('::ffff:127.9.9.9')).toBeUndefined();
    expect(list.refuses('fd12::1')).toBeUndefined();
  });

  test('refuses what is special and not in it, and lets everything else be reached', () => {
    expect(list.refuses('10.0.0.1')).toBe('private use');
    expect(list.refuses('::1')).toBe('loopback');
    expect(list.refuses('nothing')).toBe('not an address');
    expect(list.refuses('8.8.8.8')).toBeUndefined();
  });

  test('of nothing refuses all that is special', () => {
    expect(allowList([]).refuses('127.0.0.1')).toBe('loopback');
  });
});

function network(text: string): Network {
  const reading = parseNetwork(text);
  if (reading.kind === 'invalid') throw new Error(reading.reason);
  return reading.network;
}
