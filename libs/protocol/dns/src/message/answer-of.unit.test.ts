import { describe, expect, test } from 'vitest';
import type { RecordType } from '../records.ts';
import { answerOf, MAX_ALIASES } from './answer-of.ts';
import { MAX_RECORDS, readResponse } from './response.ts';
import { build, hex, NAME, type Parts, record } from './testing/build-response.ts';

describe('an answer', () => {
  test('holds the records of the name, with the least TTL', () => {
    const answers = [record(NAME, 'A', 300, 'c0000201'), record(NAME, 'A', 60, 'c0000202')];
    expect(ask('A', { answers, authenticData: true })).toEqual({
      kind: 'found',
      records: [
        { family: 4, address: '192.0.2.1' },
        { family: 4, address: '192.0.2.2' },
      ],
      authentic: true,
      ttlSeconds: 60,
      canonicalName: NAME,
    });
  });

  test.each([
    ['AAAA', '20010db8000000000000000000000001', { family: 6, address: '2001:db8::1' }],
    ['MX', `000a${hex('Mx2.example')}`, { preference: 10, exchange: 'mx2.example' }],
    ['MX', '000000', { preference: 0, exchange: '.' }],
    ['TXT', '0176023d31', 'v=1'],
    ['TXT', '', ''],
    ['TLSA', '030101aabb', { kind: 'tlsa', usage: 3, selector: 1, matchingType: 1, data: Buffer.from('aabb', 'hex') }],
    ['TLSA', 'ff0000aa', { kind: 'tlsa', usage: 255, selector: 0, matchingType: 0, data: Buffer.from('aa', 'hex') }],
    ['TLSA', '', { kind: 'malformed' }],
    ['TLSA', '03', { kind: 'malformed' }],
    ['TLSA', '030101', { kind: 'malformed' }],
    ['PTR', hex('host.example'), 'host.example'],
    ['CNAME', hex('other.example'), 'other.example'],
  ] as const)('of type %s with RDATA %s is %j', (type, rdata, value) => {
    expect(ask(type, { answers: [record(NAME, type, 60, rdata)] })).toMatchObject({ kind: 'found', records: [value] });
  });

  test.each([
    ['A', 'c00002'],
    ['A', 'c000020100'],
    ['AAAA', 'c0000201'],
    ['MX', '000a'],
    ['MX', `000a${hex('a.example')}00`],
    ['TXT', '0561'],
    ['PTR', ''],
  ] as const)('of type %s with RDATA %s cannot be read, and is no denial', (type, rdata) => {
    expect(ask(type, { answers: [record(NAME, type, 60, rdata)] })).toEqual({ kind: 'failed', reason: 'malformed' });
    const good = { A: 'c0000201', AAAA: '00'.repeat(16), MX: '000a00', TXT: '00', PTR: '00' }[type];
    const both = [record(NAME, type, 60, rdata), record(NAME, type, 60, good)];
    expect(ask(type, { answers: both })).toMatchObject({ kind: 'found', records: [expect.anything()] });
  });

  test('records of other names, types and classes are none of its business', () => {
    const chaos = record(NAME, 'A', 60, 'c0000201');
    chaos.writeUInt16BE(3, hex(NAME).length / 2 + 2);
    const answers = [record('other.example', 'A', 60, 'c0000201'), record(NAME, 'TXT', 60, '00'), chaos];
    expect(ask('A', { answers })).toMatchObject({ kind: 'nodata' });
  });

  test('the AD bit counts only from a server that is believed', () => {
    const answers = [record(NAME, 'A', 300, 'c0000201')];
    expect(ask('A', { answers, authenticData: true, believesAd: false })).toMatchObject({ authentic: false });
    expect(ask('A', { answers, authenticData: false })).toMatchObject({ authentic: false });
  });

  test('of thousands of records the first are read', () => {
    const answers = Array.from({ length: 4_000 }, () => record('a.b', 'A', 60, 'c0000201'));
    const response = readResponse(build({ answers }));
    expect(response?.answers).toHaveLength(MAX_RECORDS);
  });

  test('a TTL with the highest bit set is zero', () => {
    expect(ask('A', { answers: [record(NAME, 'A', 0x8000_0000, 'c0000201')] })).toMatchObject({ ttlSeconds: 0 });
  });
});

describe('aliases', () => {
  test('are followed to the canonical name, whose TTL is that of the shortest link', () => {
    const answers = [record('a3.example', 'A', 500, 'c0000201'), ...chain(3).toReversed()];
    expect(ask('A', { answers })).toMatchObject({ kind: 'found', canonicalName: 'a3.example', ttlSeconds: 98 });
  });

  test.each([
    [MAX_ALIASES, 'found'],
    [MAX_ALIASES + 1, 'failed'],
    [20, 'failed'],
  ])('%d in a row: %s', (links, kind) => {
    const answers = [...chain(links), record(`a${links}.example`, 'A', 500, 'c0000201')];
    expect(ask('A', { answers })).toMatchObject({ kind });
  });

  test('that go in circles are a failure', () => {
    const answers = [record(NAME, 'CNAME', 60, hex('b.example')), record('b.example', 'CNAME', 60, hex(NAME))];
    expect(ask('A', { answers })).toEqual({ kind: 'failed', reason: 'malformed' });
    expect(ask('A', { answers: [record(NAME, 'CNAME', 60, hex(NAME))] })).toMatchObject({ kind: 'failed' });
  });

  test('that dangle are denied by the name they lead to', () => {
    const dangling = { answers: chain(1), rcode: 3, soa: { ttl: 500, minimum: 900 } };
    expect(ask('A', dangling)).toEqual({
      kind: 'nxdomain',
      authentic: false,
      ttlSeconds: 100,
      canonicalName: 'a1.example',
    });
  });

  test('are the answer themselves when they were asked for', () => {
    expect(ask('CNAME', { answers: chain(2) })).toMatchObject({ records: ['a1.example'], canonicalName: NAME });
  });
});

describe('a denial', () => {
  test.each([
    [0, 'nodata'],
    [3, 'nxdomain'],
  ])('of RCODE %d is %s, and may be authentic', (rcode, kind) => {
    expect(ask('TLSA', { rcode, authenticData: true, soa: { ttl: 60, minimum: 900 } })).toEqual({
      kind,
      authentic: true,
      ttlSeconds: 60,
      canonicalName: NAME,
    });
  });

  test("holds for the lesser of the SOA record's TTL and MINIMUM, and without SOA not at all", () => {
    expect(ask('A', { soa: { ttl: 900, minimum: 30 } })).toMatchObject({ ttlSeconds: 30 });
    expect(ask('A', {})).toMatchObject({ kind: 'nodata', ttlSeconds: 0 });
  });
});

test.each([
  [1, 'malformed'],
  [2, 'servfail'],
  [4, 'malformed'],
  [5, 'refused'],
  [9, 'malformed'],
])('RCODE %d is the failure %s', (rcode, reason) => {
  expect(ask('A', { rcode, authenticData: true })).toEqual({ kind: 'failed', reason });
});

function chain(links: number): readonly Buffer[] {
  return Array.from({ length: links }, (_, index) =>
    record(index === 0 ? NAME : `a${index}.example`, 'CNAME', 100 - index, hex(`a${index + 1}.example`)),
  );
}

function ask(
  type: RecordType,
  { believesAd = true, ...parts }: Parts & { readonly believesAd?: boolean },
): ReturnType<typeof answerOf> {
  const response = readResponse(build(parts));
  if (!response) throw new Error('The response cannot be read');
  return answerOf(response, { name: NAME, type }, { believesAd });
}
