import type { RecordType } from '@postern/dns';
import { zoneServer, type ZoneServer } from '@postern/lab';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RECORDS, scenario, type Scenario } from './testing/scenario.ts';

let zones: ZoneServer;
let resolver: Scenario['resolver'];
let lab: Scenario;

beforeEach(async () => {
  lab = await scenario();
  ({ zones, resolver } = lab);
});
afterEach(() => lab[Symbol.asyncDispose]());

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

test('a server is asked over IPv6', async () => {
  await using six = await zoneServer({ address: '::1', records: RECORDS });
  six.fault('example.com', { kind: 'truncate', type: 'TXT' });
  const it = resolver({ servers: [six] });
  expect(await it.mx('example.com')).toMatchObject({ kind: 'found' });
  expect(await it.txt('example.com')).toMatchObject({ kind: 'found' });
  expect(six.questions.map(({ via }) => via)).toEqual(['udp', 'udp', 'tcp']);
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
