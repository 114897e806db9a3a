import { mailHosts } from '@postern/dns';
import { freePort, type ZoneFaultKind, zoneServer, type ZoneServer } from '@postern/lab';
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

  test('by not knowing EDNS is asked without', async () => {
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
      expect(performance.now() - start).toBeLessThan(1_500);
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
