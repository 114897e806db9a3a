import type { TlsaRecord } from '@postern/dns';
import { expect, test } from 'vitest';
import { judgeTlsa } from './usable-tlsa.ts';

const tlsa = (usage: number, selector: number, matchingType: number, octets: number): TlsaRecord => ({
  kind: 'tlsa',
  usage,
  selector,
  matchingType,
  data: Buffer.alloc(octets, 0xab),
});

test.each([
  ['3 1 1', tlsa(3, 1, 1, 32), true],
  ['3 0 2', tlsa(3, 0, 2, 64), true],
  ['2 1 1', tlsa(2, 1, 1, 32), true],
  ['usage 0', tlsa(0, 1, 1, 32), false],
  ['usage 1', tlsa(1, 1, 1, 32), false],
  ['usage 4', tlsa(4, 1, 1, 32), false],
  ['usage 255', tlsa(255, 1, 1, 32), false],
  ['selector 2', tlsa(3, 2, 1, 32), false],
  ['matching type 3', tlsa(3, 1, 3, 32), false],
  ['a SHA-256 of 31 octets', tlsa(3, 1, 1, 31), false],
  ['a SHA-256 of 64 octets', tlsa(3, 1, 1, 64), false],
  ['a SHA-512 of 32 octets', tlsa(3, 1, 2, 32), false],
  ['a certificate that is none', tlsa(3, 0, 0, 200), false],
  ['a key that is none', tlsa(2, 1, 0, 91), false],
  ['no data', tlsa(3, 1, 1, 0), false],
  ['RDATA too short to be a record', { kind: 'malformed' }, false],
] as const)('a record with %s is usable: %3$s', (_, record, usable) => {
  const judged = judgeTlsa([record]);
  expect([judged.usable.length, judged.unusable.length]).toEqual(usable ? [1, 0] : [0, 1]);
});

test('of digests over the same thing only the strongest counts, over other things each', () => {
  const judged = judgeTlsa([tlsa(3, 1, 1, 32), tlsa(3, 1, 2, 64), tlsa(3, 0, 1, 32), tlsa(2, 1, 1, 32)]);
  expect(judged.usable.map(({ usage, selector, matchingType }) => `${usage} ${selector} ${matchingType}`)).toEqual([
    '3 1 2',
    '3 0 1',
    '2 1 1',
  ]);
});

test('a stronger digest that is malformed puts no weaker one aside', () => {
  expect(judgeTlsa([tlsa(3, 1, 1, 32), tlsa(3, 1, 2, 63)]).usable).toMatchObject([{ matchingType: 1 }]);
});

test('of thousands of records the first hundred are looked at', () => {
  expect(judgeTlsa(Array.from({ length: 5_000 }, () => tlsa(3, 1, 1, 32))).usable).toHaveLength(100);
});
