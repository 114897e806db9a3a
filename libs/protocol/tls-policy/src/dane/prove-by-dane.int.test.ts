import { createHash } from 'node:crypto';
import { X509Certificate } from 'node:crypto';
import { certificateAuthority, type CertificateAuthority, type Leaf, selfSigned } from '@postern/lab';
import { beforeAll, describe, expect, test } from 'vitest';
import { publicKeyInfo } from '../certificate/public-key-info.ts';
import { proveByDane, type DaneProof } from './prove-by-dane.ts';
import type { UsableTlsa } from './usable-tlsa.ts';

const HOST = 'mx.example.com';
const DAY_MS = 86_400_000;
const past = new Date(Date.now() - 10 * DAY_MS);

let root: CertificateAuthority;
let other: CertificateAuthority;
let middle: CertificateAuthority;
let leaf: Leaf;

beforeAll(async () => {
  [root, other] = await Promise.all([certificateAuthority('Same Name'), certificateAuthority('Same Name')]);
  middle = await root.intermediate('Middle');
  leaf = await middle.issue([HOST]);
});

type Of = { readonly der: Buffer; readonly publicKeyDer: Buffer };
const record = (usage: 2 | 3, selector: 0 | 1, matchingType: 0 | 1 | 2, of: Of): UsableTlsa => {
  const octets = selector === 0 ? of.der : of.publicKeyDer;
  const data =
    matchingType === 0
      ? octets
      : createHash(matchingType === 1 ? 'sha256' : 'sha512')
          .update(octets)
          .digest();
  return { usage, selector, matchingType, data };
};
const prove = (
  presented: readonly Of[],
  records: readonly UsableTlsa[],
  change: { readonly names?: readonly string[]; readonly now?: Date } = {},
): DaneProof =>
  proveByDane({ presented: presented.map(({ der }) => der), records, names: [HOST], now: new Date(), ...change });
const whole = (): readonly Of[] => [leaf, middle, root];

const ALL = [0, 1].flatMap((selector) => [0, 1, 2].map((type) => [selector, type] as const));

test.each(ALL)('a host proves itself by 3 %d %d over its certificate, and not by another', async (selector, type) => {
  const [s, t] = [selector as 0 | 1, type as 0 | 1 | 2];
  expect(prove(whole(), [record(3, s, t, leaf)]).proved).toBe(true);
  expect(prove(whole(), [record(3, s, t, await other.issue([HOST]))])).toMatchObject({
    proved: false,
    failure: { resultType: 'validation-failure' },
  });
  expect(prove(whole(), [record(3, s, t, root)]).proved).toBe(false);
});

test.each(ALL)('a chain is proved by 2 %d %d over its root and over what is between', (selector, type) => {
  const [s, t] = [selector as 0 | 1, type as 0 | 1 | 2];
  expect(prove(whole(), [record(2, s, t, root)]).proved).toBe(true);
  expect(prove(whole(), [record(2, s, t, middle)]).proved).toBe(true);
  expect(prove([root, middle, leaf].toReversed(), [record(2, s, t, root)]).proved).toBe(true);
  expect(prove(whole(), [record(2, s, t, other)]).proved).toBe(false);
});

describe('an anchor', () => {
  test('that is only named by its digest must be presented', () => {
    expect(prove([leaf, middle], [record(2, 0, 1, root)]).proved).toBe(false);
    expect(prove([leaf], [record(2, 1, 1, middle)]).proved).toBe(false);
  });

  test.each([0, 1] as const)('that stands whole in the record (2 %d 0) need not be presented', (selector) => {
    expect(prove([leaf, middle], [record(2, selector, 0, root)]).proved).toBe(true);
    expect(prove([leaf], [record(2, selector, 0, middle)]).proved).toBe(true);
    expect(prove([leaf], [record(2, selector, 0, other)]).proved).toBe(false);
  });

  test('that is presented and has signed nothing proves nothing', async () => {
    const forged = await selfSigned([HOST]);
    expect(prove([forged, middle, root], [record(2, 0, 1, root)]).proved).toBe(false);
    // The same name, another key.
    const stranger = await other.issue([HOST]);
    expect(prove([stranger, root], [record(2, 1, 1, root)]).proved).toBe(false);
  });

  test('is not the host itself, though it signs itself', async () => {
    const own = await selfSigned([HOST]);
    expect(prove([own], [record(2, 0, 1, own)]).proved).toBe(false);
    expect(prove([own], [record(3, 0, 1, own)]).proved).toBe(true);
  });

  test('may be a certificate that may not issue only in a forgery', async () => {
    const host = await root.issue(['mallory.example']);
    expect(prove([leaf, host, root], [record(2, 0, 1, host)]).proved).toBe(false);
  });
});

describe('names', () => {
  test.each([
    [['mx.example.com'], ['mx.example.com'], true],
    [['*.example.com'], ['mx.example.com'], true],
    [['example.com'], ['mx.example.com', 'example.com'], true],
    [['other.example'], ['mx.example.com', 'example.com'], false],
    [['*.mx.example.com'], ['mx.example.com'], false],
  ])('%j, where %j is looked for: %s, and DANE-EE does not care', async (names, wanted, expected) => {
    const certificate = await root.issue(names);
    expect(prove([certificate, root], [record(2, 0, 1, root)], { names: wanted }).proved).toBe(expected);
    expect(prove([certificate, root], [record(3, 1, 1, certificate)], { names: wanted }).proved).toBe(true);
  });

  test('are the common name only where there is no DNS name', async () => {
    const common = await root.issue([], { commonName: HOST });
    expect(prove([common, root], [record(2, 0, 1, root)]).proved).toBe(true);
    const both = await root.issue(['other.example'], { commonName: HOST });
    expect(prove([both, root], [record(2, 0, 1, root)])).toMatchObject({
      failure: { resultType: 'certificate-host-mismatch' },
    });
  });
});

describe('dates', () => {
  test('that are over fail DANE-TA and not DANE-EE', async () => {
    const expired = await root.issue([HOST], { notBefore: past, notAfter: new Date(Date.now() - DAY_MS) });
    expect(prove([expired, root], [record(3, 1, 1, expired)]).proved).toBe(true);
    expect(prove([expired, root], [record(2, 1, 1, root)])).toMatchObject({
      failure: { resultType: 'certificate-expired' },
    });
  });

  test('of what is between, and those to come, count too', async () => {
    const old = await root.intermediate('Old', { notBefore: past, notAfter: new Date(Date.now() - DAY_MS) });
    expect(prove([await old.issue([HOST]), old, root], [record(2, 1, 1, root)]).proved).toBe(false);
    const coming = await root.issue([HOST], { notBefore: new Date(Date.now() + DAY_MS) });
    expect(prove([coming, root], [record(2, 1, 1, root)])).toMatchObject({
      failure: { resultType: 'certificate-not-trusted' },
    });
  });
});

test('in a rollover any record that matches is enough', async () => {
  const next = await root.issue([HOST]);
  const records = [record(3, 1, 1, next), record(2, 1, 1, other), record(3, 1, 1, leaf)];
  expect(prove(whole(), records).proved).toBe(true);
  expect(prove([next, root], records).proved).toBe(true);
});

test.each([
  ['no certificate', [] as Buffer[]],
  ['octets that are none', [Buffer.from('3003020100', 'hex')]],
  ['nothing at all in one', [Buffer.alloc(0)]],
])('a host that presented %s proves nothing', (_, presented) => {
  const given = { presented, records: [record(3, 0, 1, leaf)], names: [HOST], now: new Date() };
  expect(proveByDane(given)).toMatchObject({ proved: false });
});

test('the public key info is that of the certificate, and of nothing else', () => {
  for (const each of [leaf, middle, root]) {
    expect(publicKeyInfo(each.der)).toEqual(each.publicKeyDer);
    expect(new X509Certificate(each.der).raw).toEqual(each.der);
  }
  for (let cut = 0; cut < 120; cut += 1) expect(publicKeyInfo(leaf.der.subarray(0, cut))).toBeUndefined();
});
