import { describe, expect, test } from 'vitest';
import { parseAddress } from './address.ts';
import { contains, type Network, parseNetwork } from './network.ts';

describe('an address', () => {
  test.each([
    ['192.0.2.1', 4, '192.0.2.1'],
    ['255.255.255.255', 4, '255.255.255.255'],
    ['2001:DB8:0:0::1', 6, '2001:db8::1'],
    ['::ffff:192.0.2.1', 4, '192.0.2.1'],
    ['::FFFF:c000:0201', 4, '192.0.2.1'],
    ['0:0:0:0:0:ffff:7f00:1', 4, '127.0.0.1'],
    ['fe80::1%eth0', 6, 'fe80::1'],
    ['::1', 6, '::1'],
    ['::', 6, '::'],
  ])('%s is read', (text, family, canonical) => {
    expect(parseAddress(text)).toMatchObject({ family, text: canonical });
  });

  test.each([
    '',
    '127.1',
    '0x7f.0.0.1',
    '010.0.0.1',
    '1.2.3.4.5',
    '256.1.1.1',
    '2130706433',
    ':::',
    '1:2:3:4:5:6:7:8:9',
  ])('%j is none', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });
});

describe('a network', () => {
  test.each([
    ['10.0.0.0/8', '10.0.0.0/8'],
    [' 192.0.2.7 ', '192.0.2.7/32'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['::/0', '::/0'],
    ['2001:DB8::/32', '2001:db8::/32'],
    ['::1', '::1/128'],
    ['::ffff:10.0.0.0/104', '10.0.0.0/8'],
    ['::ffff:10.1.2.3', '10.1.2.3/32'],
  ])('%j is %s', (text, canonical) => {
    expect(network(text).text).toBe(canonical);
  });

  test.each([
    ['', 'is not a network'],
    ['example.com', 'is not a network'],
    ['10.0.0.0/33', 'a number from 0 to 32'],
    ['10.0.0.0/', 'a number from 0 to 32'],
    ['10.0.0.0/08', 'a number from 0 to 32'],
    ['10.0.0.0/-1', 'a number from 0 to 32'],
    ['10.0.0.0/255.0.0.0', 'a number from 0 to 32'],
    ['::/129', 'a number from 0 to 128'],
    ['::ffff:10.0.0.0/8', 'a number from 0 to 32'],
    ['10.0.0.0/8/8', 'is not a network'],
    ['fe80::%eth0/64', 'is not a network'],
    ['10.1.2.3/8', 'write 10.0.0.0/8 for the network, or 10.1.2.3 for the address'],
    ['2001:db8::1/32', 'write 2001:db8::/32 for the network'],
  ])('%j is refused, and the reason tells why', (text, reason) => {
    const reading = parseNetwork(text);
    expect(reading.kind === 'invalid' && reading.reason).toContain(reason);
    expect(reading.kind === 'invalid' && reading.reason).toContain(`"${text}"`);
  });

  test.each([
    ['10.0.0.0/8', '10.255.255.255', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['10.0.0.0/8', '9.255.255.255', false],
    ['10.0.0.0/8', '::ffff:10.1.2.3', true],
    ['10.0.0.0/8', '::10.1.2.3', false],
    ['192.0.2.128/25', '192.0.2.127', false],
    ['192.0.2.7/32', '192.0.2.7', true],
    ['0.0.0.0/0', '255.255.255.255', true],
    ['0.0.0.0/0', '::1', false],
    ['::/0', '2001:db8::1', true],
    ['::/0', '::ffff:192.0.2.1', false],
    ['2001:db8::/33', '2001:db8:8000::', false],
    ['fe80::/10', 'fe80::1%eth0', true],
    ['10.0.0.0/8', 'ten', false],
  ])('%s and %s: %j', (text, address, inside) => {
    expect(contains(network(text), address)).toBe(inside);
  });
});

function network(text: string): Network {
  const reading = parseNetwork(text);
  if (reading.kind === 'invalid') throw new Error(reading.reason);
  return reading.network;
}
