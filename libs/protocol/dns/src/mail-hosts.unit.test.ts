import { describe, expect, test } from 'vitest';
import type { Answer, FailureReason } from './answer.ts';
import { MAX_MAIL_HOSTS, mailHosts } from './mail-hosts.ts';
import type { AddressRecord, MxRecord } from './records.ts';
import type { Resolver } from './resolver.ts';

const DOMAIN = 'example.com';
const REASONS: readonly FailureReason[] = ['timeout', 'servfail', 'refused', 'malformed', 'unreachable'];

/** A domain with one mail host; a test changes the one answer that it is about. */
interface Scenario {
  readonly mx?: Answer<MxRecord>;
  readonly addresses?: Answer<AddressRecord>;
  readonly random?: () => number;
}

describe('with MX records', () => {
  test('hosts come by preference, and at random among equals', async () => {
    const mx = records([20, 'c.example'], [10, 'a.example'], [10, 'b.example']);
    expect(await names({ mx, random: numbers(0.1, 0.2, 0.3) })).toEqual(['a.example', 'b.example', 'c.example']);
    expect(await names({ mx, random: numbers(0.9, 0.2, 0.3) })).toEqual(['b.example', 'a.example', 'c.example']);
  });

  test('each equal host comes first about as often as the others', async () => {
    const mx = records([10, 'a.example'], [10, 'b.example'], [10, 'c.example']);
    const first: Record<string, number> = {};
    for (let turn = 0; turn < 3_000; turn += 1) {
      const [name = ''] = await names({ mx, random: Math.random });
      first[name] = (first[name] ?? 0) + 1;
    }
    for (const count of Object.values(first)) expect(count).toBeGreaterThan(850);
  });

  test('the answer says whether it is authentic, and for how long it holds', async () => {
    expect(await look({ mx: { ...records([10, 'a.example']), authentic: true, ttlSeconds: 77 } })).toMatchObject({
      authentic: true,
      ttlSeconds: 77,
    });
  });

  test('a host that is named twice comes once, at its better preference', async () => {
    const mx = records([30, 'a.example'], [20, 'b.example'], [10, 'a.example']);
    expect(await look({ mx })).toMatchObject({
      hosts: [
        { name: 'a.example', preference: 10 },
        { name: 'b.example', preference: 20 },
      ],
    });
  });

  test.each([
    '192.0.2.1',
    '[192.0.2.1]',
    '::1',
    'a b.example',
    '-a.example',
    'a..example',
    '*.example',
    'ö.example',
    '.',
  ])('the exchange %j is no host and is dropped', async (exchange) => {
    expect(await names({ mx: records([10, exchange], [20, 'b.example']) })).toEqual(['b.example']);
  });

  test.each(['mx_1.example', 'localhost', 'xn--bcher-kva.example', `${'a'.repeat(63)}.example`])(
    'the exchange %j is a host',
    async (exchange) => {
      expect(await names({ mx: records([10, exchange]) })).toEqual([exchange]);
    },
  );

  test('a domain whose exchanges are all unusable has no mail host, and its address is not one either', async () => {
    expect(await look({ mx: records([10, '192.0.2.1']) })).toEqual({ kind: 'no-mail-host' });
  });

  test('of too many hosts the best remain, the same ones every time', async () => {
    const many = Array.from({ length: 50 }, (_, index) => [10, `m${String(index).padStart(2, '0')}.example`] as const);
    const mx = records(...many, [5, 'best.example']);
    const found = await names({ mx, random: Math.random });
    expect(found).toHaveLength(MAX_MAIL_HOSTS);
    expect(found[0]).toBe('best.example');
    expect(found.toSorted()).toEqual((await names({ mx, random: Math.random })).toSorted());
  });

  test.each([0, 10])('a root exchange alone, at preference %d, is a null MX', async (preference) => {
    expect(await look({ mx: records([preference, '.']) })).toEqual({ kind: 'null-mx' });
  });
});

describe('without MX records', () => {
  const nodata = { kind: 'nodata', authentic: true, ttlSeconds: 60, canonicalName: DOMAIN } as const;

  test('a domain with an address is its own mail host', async () => {
    expect(await look({ mx: nodata })).toEqual({
      kind: 'hosts',
      hosts: [{ name: DOMAIN, preference: 0 }],
      authentic: true,
      ttlSeconds: 60,
    });
  });

  test('the shorter of both answers says how long that holds', async () => {
    expect(await look({ mx: { ...nodata, ttlSeconds: 9_000 } })).toMatchObject({ ttlSeconds: 300 });
  });

  test.each(['nodata', 'nxdomain'] as const)('a domain without an address (%s) has no mail host', async (kind) => {
    expect(await look({ mx: nodata, addresses: { ...nodata, kind } })).toEqual({ kind: 'no-mail-host' });
  });

  test.each(REASONS)('when its addresses cannot be looked up (%s), the mail waits', async (reason) => {
    expect(await look({ mx: nodata, addresses: { kind: 'failed', reason } })).toEqual({ kind: 'deferred', reason });
  });

  test.each(REASONS)('a failed MX lookup (%s) never makes the domain its own mail host', async (reason) => {
    expect(await look({ mx: { kind: 'failed', reason } })).toEqual({ kind: 'deferred', reason });
  });

  test('a domain that does not exist has no mail host of its own', async () => {
    expect(await look({ mx: { ...nodata, kind: 'nxdomain' } })).toEqual({ kind: 'no-such-domain' });
  });
});

test.each(['[192.0.2.1]', '[IPv6:2001:db8::1]'])(
  'the literal %s is its own host, and nothing is asked',
  async (literal) => {
    expect(await mailHosts(literal, silent, () => 0)).toMatchObject({
      kind: 'hosts',
      hosts: [{ name: literal, preference: 0 }],
      authentic: false,
    });
  },
);

const silent = new Proxy({} as Resolver, {
  get: () => () => {
    throw new Error('asked');
  },
});

function look(scenario: Scenario): ReturnType<typeof mailHosts> {
  const { mx = records([10, 'mx.example']), addresses = address, random = () => 0 } = scenario;
  const resolver = { ...silent, mx: async () => mx, addresses: async () => addresses } as Resolver;
  return mailHosts(DOMAIN, resolver, random);
}

async function names(scenario: Scenario): Promise<readonly string[]> {
  const found = await look(scenario);
  return found.kind === 'hosts' ? found.hosts.map(({ name }) => name) : [];
}

const address = {
  kind: 'found',
  records: [{ family: 4, address: '192.0.2.1' }],
  authentic: false,
  ttlSeconds: 300,
  canonicalName: DOMAIN,
} as const;

function records(...all: readonly (readonly [number, string])[]): Answer<MxRecord> & { kind: 'found' } {
  return {
    kind: 'found',
    records: all.map(([preference, exchange]) => ({ preference, exchange })),
    authentic: false,
    ttlSeconds: 300,
    canonicalName: DOMAIN,
  };
}

function numbers(...values: readonly number[]): () => number {
  let next = 0;
  return () => values[next++ % values.length] ?? 0;
}
