import { expect, test } from 'vitest';
import type { Answer } from './answer.ts';
import { bothFamilies } from './both-families.ts';
import type { AddressRecord } from './records.ts';

const known = { authentic: true, ttlSeconds: 300, canonicalName: 'mx.example' };
const four: Answer<AddressRecord> = { kind: 'found', records: [{ family: 4, address: '192.0.2.1' }], ...known };
const six: Answer<AddressRecord> = {
  kind: 'found',
  records: [{ family: 6, address: '2001:db8::1' }],
  ...known,
  ttlSeconds: 60,
};
const nodata: Answer<AddressRecord> = { kind: 'nodata', ...known, ttlSeconds: 30 };
const nxdomain: Answer<AddressRecord> = { kind: 'nxdomain', ...known };
const failed: Answer<AddressRecord> = { kind: 'failed', reason: 'servfail' };

test('addresses of both families are one answer, for the shorter time', () => {
  expect(bothFamilies(four, six)).toMatchObject({
    records: [{ family: 4 }, { family: 6 }],
    ttlSeconds: 60,
    authentic: true,
  });
});

test('one answer that is not authentic makes the whole not so, a denial too', () => {
  expect(bothFamilies(four, { ...six, authentic: false })).toMatchObject({ authentic: false });
  expect(bothFamilies(four, { ...nodata, authentic: false })).toMatchObject({ kind: 'found', authentic: false });
});

test.each([
  ['A alone', four, nodata, 'found'],
  ['AAAA alone', nodata, six, 'found'],
  ['A, and no answer for AAAA', four, failed, 'found'],
  ['AAAA, and no answer for A', failed, six, 'found'],
  ['no addresses', nodata, nodata, 'nodata'],
  ['no name', nxdomain, nxdomain, 'nxdomain'],
  ['servers that disagree about the name', nodata, nxdomain, 'nodata'],
  ['no A, and no answer for AAAA', nodata, failed, 'failed'],
  ['no answer for A, and no AAAA', failed, nodata, 'failed'],
  ['no answers', failed, failed, 'failed'],
])('%s: %4$s', (_, a, aaaa, kind) => {
  expect(bothFamilies(a, aaaa).kind).toBe(kind);
});
