import type { ZoneServer } from '@postern/lab';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { scenario, type Scenario } from './testing/scenario.ts';

let zones: ZoneServer;
let resolver: Scenario['resolver'];
let lab: Scenario;

beforeEach(async () => {
  lab = await scenario();
  ({ zones, resolver } = lab);
});
afterEach(() => lab[Symbol.asyncDispose]());

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
