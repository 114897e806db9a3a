import { expect, it } from 'vitest';
import { addressInLiteral, addressLiteralOf, parseAddressLiteral } from './address-literal.ts';

it.each([
  ['[192.0.2.1]', '[192.0.2.1]'],
  ['[IPv6:2001:DB8:0:0:0:0:0:1]', '[IPv6:2001:db8::1]'],
  ['[ipv6:::1]', '[IPv6:::1]'],
  ['[IPv6:::]', '[IPv6:::]'],
  ['[IPv6:1::]', '[IPv6:1::]'],
  ['[IPv6:::ffff:192.0.2.1]', '[IPv6:::ffff:192.0.2.1]'],
  ['[IPv6:::ffff:c000:0201]', '[IPv6:::ffff:192.0.2.1]'],
  ['[IPv6:2001:db8:0:0:1:0:0:1]', '[IPv6:2001:db8::1:0:0:1]'],
  ['[IPv6:1:0:3:4:5:6:7:8]', '[IPv6:1:0:3:4:5:6:7:8]'],
])('reads %s as %s', (text, canonical) => {
  expect(parseAddressLiteral(text)).toBe(canonical);
});

it.each([
  '[]',
  '[1.2.3]',
  '[1.2.3.256]',
  '[01.2.3.4]',
  '[1.2.3.4',
  '1.2.3.4',
  '[1.2.3.4.5]',
  '[::1]',
  '[IPv6:]',
  '[IPv6::::]',
  '[IPv6:1::2::3]',
  '[IPv6:1:2:3:4:5:6:7]',
  '[IPv6:1:2:3:4:5:6:7:8:9]',
  '[IPv6:1:2:3:4:5:6:7::8:9]',
  '[IPv6:12345::]',
  '[IPv6:1.2.3.4::]',
  '[IPv6:fe80::1%eth0]',
  '[tag:content]',
  `[IPv6:${'0:'.repeat(5000)}]`,
])('refuses %j', (text) => {
  expect(parseAddressLiteral(text)).toBeUndefined();
});

it('an address and its literal name each other', () => {
  for (const address of ['192.0.2.1', '2001:db8::1', '::ffff:192.0.2.1']) {
    const literal = addressLiteralOf(address);
    expect(literal && addressInLiteral(literal)).toBe(address);
  }
});
