import { createResolver } from '@postern/dns-resolver';
import { formatKeyRecord, generateDkimKey, publicKeyText, readPrivateKey } from '@postern/dkim';
import { zoneServer } from '@postern/lab';
import { parseDomain } from '@postern/smtp';
import { beforeAll, expect, test } from 'vitest';
import type { DkimKey } from '../sending-domain.ts';
import type { Sources } from '../sources.ts';
import type { SentMail } from '../dmarc/alignment.ts';
import { checkDomain } from './check-domain.ts';

const SOURCES = { hostname: 'mail.example.net', addresses: ['198.51.100.25'] };
const NAME = parseDomain('example.org') ?? expect.unreachable();
let key: DkimKey;
let short: string;

beforeAll(async () => {
  const reading = readPrivateKey(await generateDkimKey('rsa-sha256'));
  if (reading.kind === 'refused') throw new Error(reading.reason);
  const times = { seenAt: undefined, activatedAt: new Date(0), retiredAt: undefined, revokedAt: undefined };
  const publicKey = publicKeyText(reading.privateKey);
  key = {
    id: '1',
    selector: 's1',
    algorithm: 'rsa-sha256',
    bits: 2048,
    state: 'active',
    publicKey,
    createdAt: new Date(0),
    ...times,
  };
  short =
    'v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB';
});

/** A zone in which everything is as it should be. */
function sound(): Record<string, string> {
  return {
    's1._domainkey.example.org TXT': quoted(formatKeyRecord(key)),
    'example.org TXT': '"v=spf1 include:_spf.example.net ~all"',
    '_spf.example.net TXT': '"v=spf1 ip4:198.51.100.25 -all"',
    '_dmarc.example.org TXT': '"v=DMARC1; p=reject; rua=mailto:dmarc@example.org"',
    'example.org MX': '10 mx.example.org.',
    'bounces.example.org TXT': '"v=spf1 ip4:198.51.100.25 -all"',
    'mx.example.org A': '203.0.113.9',
    'mail.example.net A': '198.51.100.25',
    '25.100.51.198.in-addr.arpa PTR': 'mail.example.net.',
    '_mta-sts.example.org TXT': '"v=STSv1; id=1"',
  };
}

const SENT: readonly SentMail[] = [
  { author: 'example.org', reversePathDomain: 'bounces.example.org', signer: 'example.org', messages: 7 },
];
const POLICY = 'version: STSv1\nmode: enforce\nmx: mx.example.org\nmax_age: 86400\n';

async function check(
  change: Readonly<Record<string, string | undefined>> = {},
  more: {
    readonly sent?: readonly SentMail[];
    readonly blockLists?: readonly string[];
    readonly failing?: string;
    readonly policy?: string;
    readonly sources?: Sources;
  } = {},
) {
  const records = Object.entries({ ...sound(), ...change }).flatMap(([at, value]) => {
    const [name = '', type = ''] = at.split(' ');
    return value === undefined ? [] : value.split('\n').map((each) => `${name}. 300 IN ${type} ${each}`);
  });
  await using zone = await zoneServer({ records: records.join('\n') });
  if (more.failing) zone.fault(more.failing, 'servfail');
  await using resolver = createResolver({ servers: [zone], trustAd: 'no', attempts: 1, timeoutMs: 2_000 });
  const text = more.policy ?? POLICY;
  const world = {
    resolver,
    sources: more.sources ?? SOURCES,
    blockLists: more.blockLists ?? [],
    fetchPolicy: () =>
      Promise.resolve(
        text === ''
          ? ({ kind: 'failed', fault: { because: 'the policy host answered 404' } } as const)
          : ({ kind: 'fetched', text } as const),
      ),
  };
  const found = await checkDomain({ name: NAME, delegatedTo: undefined, keys: [key] }, world, more.sent ?? SENT);
  return { ...found, line: (id: string) => found.lines.find((line) => line.id === id) };
}

test('a domain of which everything is published passes', async () => {
  const { status, lines, line } = await check();
  expect(lines.filter((each) => !['pass', 'info'].includes(each.status))).toEqual([]);
  expect(status).toBe('pass');
  expect(line('spf')?.found).toBe('1 of 10 lookups, through include:_spf.example.net');
  expect(line('dkim:s1')?.found).toBe('RSA, 2048 bits, active');
  expect(line('mta-sts')?.found).toBe('mode enforce, id=1, for 86400 s, mx mx.example.org');
});

const ELEVEN = `"v=spf1 ip4:198.51.100.25 ${Array.from({ length: 11 }, () => 'a:mx.example.org').join(' ')} ~all"`;

test.for([
  ['the key', 'dkim:s1', 'fail', { 's1._domainkey.example.org TXT': undefined }, 'There is no record'],
  [
    'the key, another one being there',
    'dkim:s1',
    'fail',
    { 's1._domainkey.example.org TXT': '"v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="' },
    'another key',
  ],
  ['the key, it being revoked', 'dkim:s1', 'fail', { 's1._domainkey.example.org TXT': '"v=DKIM1; p="' }, 'revokes'],
  [
    'sense in the key record',
    'dkim:s1',
    'fail',
    { 's1._domainkey.example.org TXT': '"v=DKIM1; p=AAAA; p=AAAA"' },
    'no list of tags',
  ],
  ['SPF', 'spf', 'fail', { 'example.org TXT': undefined }, 'no SPF record'],
  ['a single SPF record', 'spf', 'fail', { 'example.org TXT': '"v=spf1 -all"\n"v=spf1 +all"' }, '2 SPF records'],
  ['lookups to spare', 'spf', 'fail', { 'example.org TXT': ELEVEN }, '11 of 10 lookups'],
  [
    'hosts that exist',
    'spf',
    'fail',
    { 'example.org TXT': '"v=spf1 a:x.example.org a:y.example.org a:z.example.org ip4:198.51.100.25 ~all"' },
    '3 lookups come back empty',
  ],
  [
    'an include without a loop',
    'spf',
    'fail',
    { '_spf.example.net TXT': '"v=spf1 include:example.org -all"' },
    'includes itself',
  ],
  [
    'an end of SPF that excludes somebody',
    'spf',
    'warn',
    { 'example.org TXT': '"v=spf1 +all"' },
    'lets everybody pass',
  ],
  [
    'our address in SPF',
    'spf:198.51.100.25',
    'fail',
    { '_spf.example.net TXT': '"v=spf1 ip4:192.0.2.1 -all"' },
    'softfail',
  ],
  ['DMARC', 'dmarc', 'fail', { '_dmarc.example.org TXT': undefined }, 'There is no record at'],
  ['a policy in DMARC', 'dmarc', 'fail', { '_dmarc.example.org TXT': '"v=DMARC1; rua=mailto:a@example.org"' }, 'no p='],
  ['a policy that does something', 'dmarc', 'warn', { '_dmarc.example.org TXT': '"v=DMARC1; p=none"' }, 'p=none'],
  ['a host for bounces', 'mx', 'fail', { 'example.org MX': '0 .' }, 'null MX'],
  ['an address of the mail host', 'mx', 'fail', { 'mx.example.org A': undefined }, 'No mail host has an address'],
  ['an address of our name', 'ehlo:mail.example.net', 'fail', { 'mail.example.net A': undefined }, 'has no address'],
  [
    'our address at our name',
    'ehlo:mail.example.net',
    'warn',
    { 'mail.example.net A': '198.51.100.26' },
    'does not resolve to',
  ],
  ['reverse DNS', 'fcrdns:198.51.100.25', 'fail', { '25.100.51.198.in-addr.arpa PTR': undefined }, 'has no name'],
  [
    'reverse DNS that comes back',
    'fcrdns:198.51.100.25',
    'fail',
    { '25.100.51.198.in-addr.arpa PTR': 'other.example.net.' },
    'does not resolve back',
  ],
] as const)('a domain that lacks %s is told so at %s', async ([, id, status, change, found]) => {
  const { line } = await check(change);
  expect(line(id)).toMatchObject({ status, found: expect.stringContaining(found) });
  expect(line(id)?.effect).toBeTruthy();
  expect(line(id)?.remedy).toBeTruthy();
});

test('a short key and the test flag are told', async () => {
  const testing = quoted(`${formatKeyRecord(key)}; t=y`);
  expect((await check({ 's1._domainkey.example.org TXT': testing })).line('dkim:s1')).toMatchObject({
    status: 'warn',
    found: expect.stringContaining('t=y'),
  });
  const known = key;
  key = { ...key, publicKey: short.slice('v=DKIM1; p='.length), bits: 1024 };
  try {
    const { line } = await check({ 's1._domainkey.example.org TXT': quoted(short) });
    expect(line('dkim:s1')).toMatchObject({ status: 'warn', found: 'The key has 1024 bits' });
  } finally {
    key = known;
  }
});

function mail(reversePathDomain: string, signer?: string, messages = 3): SentMail {
  return { author: 'example.org', reversePathDomain, signer, messages };
}

test('mail that was really sent is held against the policy', async () => {
  const sent = [...SENT, mail('bulk.example')];
  expect((await check({}, { sent })).line('dmarc:alignment')).toMatchObject({
    status: 'fail',
    found: expect.stringContaining('3 pass by neither (reverse-path bulk.example)'),
  });
  const aligned = [mail('bounces.example.org')];
  expect((await check({}, { sent: aligned })).line('dmarc:alignment')?.status).toBe('pass');
  const strict = { '_dmarc.example.org TXT': '"v=DMARC1; p=reject; aspf=s"' };
  expect((await check(strict, { sent: aligned })).line('dmarc:alignment')?.status).toBe('fail');
});

test('a reverse-path of the same organisation whose SPF does not let us pass is not aligned by SPF', async () => {
  const sent = [mail('bounces.example.org')];
  const elsewhere = { 'bounces.example.org TXT': '"v=spf1 ip4:192.0.2.1 -all"' };
  expect((await check(elsewhere, { sent })).line('dmarc:alignment')?.status).toBe('fail');
});

test('a signature that nobody can verify aligns nothing', async () => {
  const sent = [mail('bulk.example', 'example.org')];
  expect((await check({}, { sent })).line('dmarc:alignment')?.status).toBe('pass');
  const { line } = await check({ 's1._domainkey.example.org TXT': undefined }, { sent });
  expect(line('dmarc:alignment')).toMatchObject({ status: 'fail', found: expect.stringContaining('do not verify') });
});

test('siblings below one organisation are aligned, wherever the policy stands', async () => {
  const records = { '_dmarc.mail.example.org TXT': '"v=DMARC1; p=reject"' };
  const sent = [{ ...mail('bounces.example.org'), author: 'mail.example.org' }];
  expect((await check(records, { sent })).line('dmarc:alignment')?.status).toBe('pass');
});

test('mail with signed return-paths is judged by those', async () => {
  const sent = [{ ...mail('example.org'), signedPath: true }];
  const sources = { ...SOURCES, bounceDomain: 'returns.example.net' };
  const { line } = await check({}, { sent, sources });
  expect(line('dmarc:alignment')?.found).toContain('reverse-path returns.example.net');
  expect(line('mx:returns.example.net')?.status).toBe('fail');
});

test.for([
  ['that cannot be fetched', '', 'warn', 'answered 404'],
  ['that is none', '<html></html>\n', 'warn', 'the policy is wrong'],
  [
    'that names another host',
    POLICY.replace('mx.example', 'other.example'),
    'fail',
    'does not name the mail host mx.example.org',
  ],
  ['that is tested', POLICY.replace('enforce', 'testing'), 'info', 'mode testing'],
] as const)('an MTA-STS policy %s is told', async ([, policy, status, found]) => {
  const { line } = await check({}, { policy });
  expect(line('mta-sts')).toMatchObject({ status, found: expect.stringContaining(found) });
});

test('sources that were added are looked at with the names that they say', async () => {
  const added = [{ pool: 'bulk', ehloName: 'bulk.example.net', addresses: ['198.51.100.26'] }];
  const { line } = await check({}, { sources: { ...SOURCES, added } });
  expect(line('spf:198.51.100.26')?.status).toBe('fail');
  expect(line('ehlo:bulk.example.net')?.status).toBe('fail');
  expect(line('fcrdns:198.51.100.26')?.status).toBe('fail');
  expect(line('fcrdns:198.51.100.25')?.status).toBe('pass');
});

test('what the DNS does not say is unknown, and not missing', async () => {
  const { line, status } = await check({}, { failing: '_dmarc.example.org' });
  expect(line('dmarc')?.status).toBe('unknown');
  expect(status).toBe('unknown');
});

test('block lists are asked only when they are named, and one that refuses us is not believed', async () => {
  const listed = { '25.100.51.198.bl.example A': '127.0.0.2', '25.100.51.198.refuses.example A': '127.255.255.254' };
  const { line, lines } = await check(listed, { blockLists: ['bl.example', 'refuses.example', 'clean.example'] });
  expect(line('dnsbl:bl.example:198.51.100.25')).toMatchObject({ status: 'fail', found: 'listed: 127.0.0.2' });
  expect(line('dnsbl:refuses.example:198.51.100.25')?.status).toBe('unknown');
  expect(line('dnsbl:clean.example:198.51.100.25')?.status).toBe('pass');
  expect(lines.some(({ id }) => id.startsWith('dnsbl'))).toBe(true);
  expect((await check(listed)).lines.some(({ id }) => id.startsWith('dnsbl'))).toBe(false);
});

/** A record as a zone file has it: strings of 255 octets. */
function quoted(text: string): string {
  return (text.match(/.{1,255}/g) ?? []).map((each) => `"${each}"`).join(' ');
}
