import { expect, test } from 'vitest';
import { localAnswer, reverseName } from './special-names.ts';

test('names under localhost have the loopback addresses and nothing else', () => {
  expect(localAnswer('LocalHost.', 'A')).toMatchObject({
    kind: 'found',
    records: [{ family: 4, address: '127.0.0.1' }],
  });
  expect(localAnswer('a.localhost', 'AAAA')).toMatchObject({ records: [{ family: 6, address: '::1' }] });
  expect(localAnswer('localhost', 'MX')).toMatchObject({ kind: 'nodata', authentic: false });
});

test.each(['notlocalhost', 'localhost.example', 'example.com'])('%s is for the DNS', (name) => {
  expect(localAnswer(name, 'A')).toBeUndefined();
});

test.each([
  ['192.0.2.1', '1.2.0.192.in-addr.arpa'],
  ['::ffff:192.0.2.1', '1.2.0.192.in-addr.arpa'],
  ['2001:db8::1', '1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa'],
  ['example.com', undefined],
])('the names of %s are under %s', (address, name) => {
  expect(reverseName(address)).toBe(name);
});
