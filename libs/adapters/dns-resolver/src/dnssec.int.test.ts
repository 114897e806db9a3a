import { mailHosts } from '@postern/dns';
import { signedInternet, type SignedInternet } from '@postern/lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createResolver, type DnsResolver } from './create-resolver.ts';

const records = (zone: string): string => `
  ${zone}.                MX    10 mx.${zone}.
  mx.${zone}.             A     127.0.0.2
  mx.${zone}.             AAAA  ::1
  _25._tcp.mx.${zone}.    TLSA  3 1 1 ${'ab'.repeat(32)}
  text.${zone}.           TXT   "v=STSv1; id=20260101;"
  plain.${zone}.          CNAME mx.plain.example.
  alias.${zone}.          CNAME mx.${zone}.
`;

let internet: SignedInternet;
let resolver: DnsResolver;

beforeAll(async () => {
  internet = await signedInternet({
    zones: {
      'signed.example': { security: 'signed', records: records('signed.example') },
      'plain.example': { security: 'unsigned', records: records('plain.example') },
      'bogus.example': { security: 'bogus', records: records('bogus.example') },
    },
  });
  resolver = createResolver({ servers: [internet], trustAd: 'auto', cache: { minTtlSeconds: 0, maxTtlSeconds: 0 } });
});
afterAll(async () => {
  await resolver?.close();
  await internet?.close();
});

test('records of a signed zone are authentic', async () => {
  expect(await resolver.tlsa('_25._tcp.mx.signed.example')).toMatchObject({
    kind: 'found',
    authentic: true,
    records: [{ kind: 'tlsa', usage: 3, selector: 1, matchingType: 1, data: Buffer.alloc(32, 0xab) }],
  });
  expect(await resolver.addresses('mx.signed.example')).toMatchObject({ kind: 'found', authentic: true });
  expect(await resolver.txt('text.signed.example')).toMatchObject({
    authentic: true,
    records: ['v=STSv1; id=20260101;'],
  });
  expect(await mailHosts('signed.example', resolver, Math.random)).toMatchObject({
    kind: 'hosts',
    hosts: [{ name: 'mx.signed.example' }],
    authentic: true,
  });
});

test('a signed zone denies authentically, both the type and the name', async () => {
  expect(await resolver.tlsa('mx.signed.example')).toMatchObject({ kind: 'nodata', authentic: true });
  expect(await resolver.tlsa('_25._tcp.nobody.signed.example')).toMatchObject({ kind: 'nxdomain', authentic: true });
  expect(await resolver.mx('nobody.example')).toMatchObject({ kind: 'nxdomain', authentic: true });
});

test('nothing of an unsigned zone is authentic, and all of it is there', async () => {
  expect(await resolver.tlsa('_25._tcp.mx.plain.example')).toMatchObject({ kind: 'found', authentic: false });
  expect(await resolver.tlsa('nobody.plain.example')).toMatchObject({ kind: 'nxdomain', authentic: false });
});

test('a bogus zone fails, whatever is asked, and its mail waits', async () => {
  expect(await resolver.tlsa('_25._tcp.mx.bogus.example')).toEqual({ kind: 'failed', reason: 'servfail' });
  expect(await resolver.addresses('nobody.bogus.example')).toEqual({ kind: 'failed', reason: 'servfail' });
  expect(await mailHosts('bogus.example', resolver, Math.random)).toEqual({ kind: 'deferred', reason: 'servfail' });
});

test('an alias that leads out of the signed zone ends the authenticity of the answer and not its own', async () => {
  expect(await resolver.addresses('plain.signed.example')).toMatchObject({
    kind: 'found',
    authentic: false,
    canonicalName: 'mx.plain.example',
  });
  expect(await resolver.cname('plain.signed.example')).toMatchObject({
    authentic: true,
    records: ['mx.plain.example'],
  });
  expect(await resolver.addresses('alias.signed.example')).toMatchObject({
    authentic: true,
    canonicalName: 'mx.signed.example',
  });
});

test('nobody is believed when nobody is to be', async () => {
  await using doubting = createResolver({ servers: [internet], trustAd: 'no' });
  expect(await doubting.tlsa('_25._tcp.mx.signed.example')).toMatchObject({ kind: 'found', authentic: false });
});

test('a zone that changes is signed anew', async () => {
  await internet.update('signed.example', `${records('signed.example')}\nnew.signed.example. A 127.0.0.9`);
  resolver.flush();
  expect(await resolver.addresses('new.signed.example')).toMatchObject({ kind: 'found', authentic: true });
});
