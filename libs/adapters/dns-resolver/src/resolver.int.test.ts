import { mailHosts, type RecordType } from '@postern/dns';
import { freePort, zoneServer, type ZoneFaultKind, type ZoneServer } from '@postern/lab';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createResolver, type DnsResolver } from './create-resolver.ts';
import type { ResolverOptions } from './options.ts';

const RECORDS = `
  example.com.               300 MX    10 mx.example.com.
  example.com.               300 MX    20 MX2.example.com.
  example.com.                   TXT   "v=spf1 -all"
  mx.example.com.             60 A     127.0.0.2
  mx.example.com.            120 AAAA  ::1
  _25._tcp.mx.example.com.       TLSA  3 1 1 00ff
  _25._tcp.mx.example.com.       TLSA  \\# 0
  _25._tcp.mx.example.com.       TLSA  \\# 3 030101
  alias.example.com.          30 CNAME mx.example.com.
  dangling.example.com.          CNAME nowhere.example.com.
  loop.example.com.              CNAME loop2.example.com.
  loop2.example.com.             CNAME loop.example.com.
  null.example.com.              MX    0 .
  parts.example.com.             TXT   "v=STSv1; " "id=1;"
  2.0.0.127.in-addr.arpa.        PTR   mx.example.com.
  ${Array.from({ length: 20 }, (_, link) => `c${link}.example.com. CNAME c${link + 1}.example.com.`).join('\n')}
  c20.example.com.               A     127.0.0.3
`;

let zones: ZoneServer;
let open: DnsResolver[];

beforeEach(async () => {
  open = [];
  zones = await zoneServer({ records: RECORDS });
});
afterEach(async () => {
  await Promise.all(open.map((each) => each.close()));
  await zones.close();
});

/** A resolver that asks the lab; a test changes the one thing that it is about. */
function resolver(options: Partial<ResolverOptions> = {}): DnsResolver {
  const made = createResolver({
    servers: [zones],
    trustAd: 'auto',
    timeoutMs: 250,
    attempts: 2,
    deadlineMs: 2_000,
    ...options,
  });
  open.push(made);
  return made;
}

describe('records', () => {
  test('of every type are read', async () => {
    const it = resolver();
    expect(await it.mx('Example.COM.')).toEqual({
      kind: 'found',
      records: [
        { preference: 10, exchange: 'mx.example.com' },
        { preference: 20, exchange: 'mx2.example.com' },
      ],
      authentic: false,
      ttlSeconds: 300,
      canonicalName: 'example.com',
    });
    expect(await it.addresses('mx.example.com')).toMatchObject({
      records: [
        { family: 4, address: '127.0.0.2' },
        { family: 6, address: '::1' },
      ],
      ttlSeconds: 60,
    });
    expect(await it.txt('parts.example.com')).toMatchObject({ records: ['v=STSv1; id=1;'] });
    expect(await it.cname('alias.example.com')).toMatchObject({ records: ['mx.example.com'] });
    expect(await it.ptr('127.0.0.2')).toMatchObject({ records: ['mx.example.com'] });
    expect(await it.ptr('::ffff:127.0.0.2')).toMatchObject({ records: ['mx.example.com'] });
  });

  test('TLSA records too short to be any are told from none', async () => {
    expect(await resolver().tlsa('_25._tcp.mx.example.com')).toMatchObject({
      records: [
        { kind: 'tlsa', usage: 3, selector: 1, matchingType: 1, data: Buffer.from('00ff', 'hex') },
        { kind: 'malformed' },
        { kind: 'malformed' },
      ],
    });
  });

  test('that are not there are told from names that are not', async () => {
    const it = resolver();
    expect(await it.tlsa('example.com')).toMatchObject({ kind: 'nodata', ttlSeconds: 60 });
    expect(await it.mx('nobody.example.com')).toMatchObject({ kind: 'nxdomain', ttlSeconds: 60 });
  });

  test('in their thousands are cut, and 64 KiB of them take no time', async () => {
    zones.fault('mx.example.com', { kind: 'huge', type: 'A' });
    const answer = await resolver().addresses('mx.example.com');
    expect(answer.kind === 'found' && answer.records.length).toBe(513);
  });

  test('too many for UDP are had over TCP', async () => {
    zones.add(
      Array.from({ length: 300 }, (_, index) => `many.example. A 127.1.${index >> 8}.${index & 255}`).join('\n'),
    );
    const answer = await resolver().addresses('many.example');
    expect(answer.kind === 'found' && answer.records.length).toBe(300);
    expect(zones.questions.filter(({ via }) => via === 'tcp')).toHaveLength(1);
  });
});

describe('aliases', () => {
  test('are followed', async () => {
    expect(await resolver().addresses('alias.example.com')).toMatchObject({
      kind: 'found',
      canonicalName: 'mx.example.com',
      ttlSeconds: 30,
    });
  });

  test.each([
    ['c12.example.com', 8, 'found'],
    ['c11.example.com', 9, 'failed'],
    ['c0.example.com', 20, 'failed'],
  ])('%s, %d links long: %s', async (name, _, kind) => {
    expect(await resolver().addresses(name)).toMatchObject({ kind });
  });

  test('in a loop end as a failure, and dangling ones as a name that does not exist', async () => {
    const it = resolver();
    expect(await it.addresses('loop.example.com')).toEqual({ kind: 'failed', reason: 'malformed' });
    expect(await it.addresses('dangling.example.com')).toMatchObject({
      kind: 'nxdomain',
      canonicalName: 'nowhere.example.com',
    });
  });
});

describe('a server that errs', () => {
  test.each<[ZoneFaultKind, string]>([
    ['servfail', 'servfail'],
    ['refused', 'refused'],
    ['formerr', 'malformed'],
    ['timeout', 'timeout'],
    ['garbage', 'timeout'],
    ['wrong-id', 'timeout'],
    ['wrong-question', 'timeout'],
    ['empty', 'timeout'],
    ['close', 'unreachable'],
    ['drip', 'timeout'],
  ])('%s: the question fails as %s and the mail waits', async (fault, reason) => {
    zones.fault('example.com', fault);
    expect(await mailHosts('example.com', resolver(), Math.random)).toEqual({ kind: 'deferred', reason });
  });

  test('in nothing but the case of letters is heard over TCP', async () => {
    zones.fault('mx.example.com', 'wrong-case');
    expect(await resolver().mx('mx.example.com')).toMatchObject({ kind: 'nodata' });
    expect(zones.questions.map(({ via }) => via)).toEqual(['udp', 'tcp']);
  });

  test('once is asked again', async () => {
    zones.fault('example.com', { kind: 'timeout', times: 1 });
    expect(await resolver().mx('example.com')).toMatchObject({ kind: 'found' });
  });

  test('by not knowing EDNS is asked without, and what it says is not authentic', async () => {
    zones.setAuthentic(() => true);
    zones.fault('example.com', { kind: 'formerr', times: 1 });
    expect(await resolver().mx('example.com')).toMatchObject({ kind: 'found' });
    expect(zones.asked('example.com', 'MX')).toBe(2);
  });

  test('is not asked for longer than the deadline, whatever it does', async () => {
    for (const fault of ['timeout', 'drip'] as const) {
      zones.mend();
      zones.fault('example.com', fault);
      const start = performance.now();
      await resolver({ attempts: 100, timeoutMs: 100, deadlineMs: 400 }).mx('example.com');
      expect(performance.now() - start).toBeLessThan(800);
    }
  });

  test('that is not there is known at once', async () => {
    const start = performance.now();
    const it = resolver({
      servers: [{ address: '127.0.0.1', port: await freePort() }],
      timeoutMs: 5_000,
      deadlineMs: 20_000,
    });
    expect(await it.mx('example.com')).toEqual({ kind: 'failed', reason: 'unreachable' });
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

test('forged answers with a wrong id or from another port are not heard', async () => {
  zones.fault('mx.example.com', 'spoof');
  expect(await resolver().addresses('mx.example.com')).toMatchObject({
    records: [
      { family: 4, address: '127.0.0.2' },
      { family: 6, address: '::1' },
    ],
    authentic: false,
  });
});

describe('several servers', () => {
  test('the next one is asked when one fails, and that one is passed over for a while', async () => {
    await using second = await zoneServer({ records: RECORDS });
    zones.fault('*', 'timeout');
    const it = resolver({ servers: [zones, second] });
    expect(await it.mx('example.com')).toMatchObject({ kind: 'found' });
    expect(await it.txt('example.com')).toMatchObject({ kind: 'found' });
    expect(zones.questions).toHaveLength(1);
  });

  test.each(['servfail', 'refused'] as const)(
    '%s of a server that is not believed is not the last word',
    async (fault) => {
      await using second = await zoneServer({ records: RECORDS });
      zones.fault('*', fault);
      expect(await resolver({ servers: [zones, second], trustAd: 'no' }).mx('example.com')).toMatchObject({
        kind: 'found',
      });
    },
  );

  test('SERVFAIL of a believed server is the last word: the answer may be bogus', async () => {
    await using second = await zoneServer({ records: RECORDS });
    zones.fault('*', 'servfail');
    const it = resolver({ servers: [zones, second] });
    expect(await it.tlsa('_25._tcp.mx.example.com')).toEqual({ kind: 'failed', reason: 'servfail' });
    expect(second.questions).toEqual([]);
  });
});

describe('the AD bit', () => {
  test.each([
    ['auto', true],
    ['yes', true],
    ['no', false],
  ] as const)('of a resolver on loopback under %s: %j', async (trustAd, authentic) => {
    zones.setAuthentic((name) => name.endsWith('example.com'));
    const it = resolver({ trustAd });
    expect(await it.mx('example.com')).toMatchObject({ authentic });
    expect(await it.mx('nobody.example.com')).toMatchObject({ kind: 'nxdomain', authentic });
    expect(await it.mx('example.org')).toMatchObject({ kind: 'nxdomain', authentic: false });
  });

  test('makes addresses authentic only when it is set for both families', async () => {
    zones.setAuthentic((_, type) => type === 'A');
    expect(await resolver().addresses('mx.example.com')).toMatchObject({ authentic: false });
  });
});

describe('the cache', () => {
  test('answers for as long as the TTL says, and tells how long that is', async () => {
    let nowMs = 0;
    const it = resolver({ monotonicMs: () => nowMs });
    await it.txt('example.com');
    nowMs = 299_001;
    expect(await it.txt('EXAMPLE.com')).toMatchObject({ ttlSeconds: 1 });
    expect(zones.asked('example.com')).toBe(1);
    nowMs = 300_000;
    expect(await it.txt('example.com')).toMatchObject({ ttlSeconds: 300 });
    expect(zones.asked('example.com')).toBe(2);
  });

  test('keeps denials and failures, and failures only briefly', async () => {
    let nowMs = 0;
    const it = resolver({ monotonicMs: () => nowMs, cache: { failureTtlSeconds: 2 } });
    zones.fault('example.com', 'servfail');
    for (const name of ['example.com', 'nobody.example.com']) {
      await it.mx(name);
      await it.mx(name);
      expect(zones.asked(name)).toBe(1);
    }
    nowMs = 2_000;
    zones.mend();
    expect(await it.mx('example.com')).toMatchObject({ kind: 'found' });
  });

  test('asks a question once, however many wait for it', async () => {
    const it = resolver();
    const answers = await Promise.all(Array.from({ length: 100 }, () => it.mx('example.com')));
    expect(new Set(answers).size).toBe(1);
    expect(zones.questions).toHaveLength(1);
  });

  test('is bounded, and keeps what was used last', async () => {
    zones.add('*.wild.example. 3600 A 127.0.0.4');
    const it = resolver({ cache: { maxOctets: 20_000 } });
    await it.txt('example.com');
    for (let index = 0; index < 200; index += 1) {
      await it.ptr('127.0.0.2');
      await it.mx(`n${index}.wild.example`);
    }
    expect(zones.asked('2.0.0.127.in-addr.arpa')).toBe(1);
    await it.txt('example.com');
    expect(zones.asked('example.com')).toBe(2);
  });

  test('forgets when told to', async () => {
    const it = resolver();
    await it.mx('example.com');
    it.flush();
    await it.mx('example.com');
    expect(zones.asked('example.com')).toBe(2);
  });
});

describe('what is not asked', () => {
  test.each(['', 'a..b', 'ö.example', `${'a'.repeat(64)}.example`, `_25._tcp.${'a.'.repeat(125)}a`])(
    '%j cannot be a name, and does not exist',
    async (name) => {
      expect(await resolver().tlsa(name)).toMatchObject({ kind: 'nxdomain', authentic: false });
      expect(zones.questions).toEqual([]);
    },
  );

  test('localhost is known', async () => {
    expect(await resolver().addresses('localhost')).toMatchObject({ kind: 'found' });
    expect(await resolver().ptr('no address')).toMatchObject({ kind: 'nxdomain' });
    expect(zones.questions).toEqual([]);
  });
});

test('a thousand questions at once go a few at a time and are all answered', async () => {
  zones.add('*.wild.example. 3600 MX 10 mx.example.com.');
  const it = resolver({ maxConcurrent: 20, timeoutMs: 5_000, deadlineMs: 20_000 });
  const answers = await Promise.all(Array.from({ length: 1_000 }, (_, index) => it.mx(`n${index}.wild.example`)));
  expect(answers.every(({ kind }) => kind === 'found')).toBe(true);
});

test('closing gives up what is under way', async () => {
  zones.fault('*', 'timeout');
  const it = resolver({ timeoutMs: 60_000, deadlineMs: 60_000 });
  const answer = it.mx('example.com');
  await it.close();
  expect(await answer).toEqual({ kind: 'failed', reason: 'unreachable' });
});

test('metrics hear of every question and of the cache', async () => {
  const asked: string[] = [];
  const cached: RecordType[] = [];
  const it = resolver({
    metrics: {
      asked: ({ type, outcome, server }) => asked.push(`${type} ${outcome} ${server}`),
      cached: ({ type }) => cached.push(type),
    },
  });
  zones.fault('example.com', { kind: 'timeout', times: 1 });
  await it.mx('example.com');
  await it.mx('example.com');
  expect(asked).toEqual([`MX timeout 127.0.0.1:${zones.port}`, `MX found 127.0.0.1:${zones.port}`]);
  expect(cached).toEqual(['MX']);
});
