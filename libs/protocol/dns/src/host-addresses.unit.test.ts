import { expect, test } from 'vitest';
import { hostAddresses, MAX_ADDRESSES } from './host-addresses.ts';
import type { AddressRecord } from './records.ts';
import type { Resolver } from './resolver.ts';

test('the families take turns, IPv6 first, and each is in random order', async () => {
  expect(await texts(['192.0.2.1', '192.0.2.2', '192.0.2.3', '2001:db8::1'], () => 0.5)).toEqual([
    '2001:db8::1',
    '192.0.2.1',
    '192.0.2.2',
    '192.0.2.3',
  ]);
  let falling = 1;
  const reversed = await texts(['192.0.2.1', '192.0.2.2', '192.0.2.3'], () => (falling -= 0.01));
  expect(reversed).toEqual(['192.0.2.3', '192.0.2.2', '192.0.2.1']);
});

test('of very many addresses a few remain, of both families', async () => {
  const many = Array.from({ length: 500 }, (_, index) => `192.0.2.${index % 256}`);
  const found = await texts([...many, '2001:db8::1'], Math.random);
  expect(found).toHaveLength(MAX_ADDRESSES);
  expect(found[0]).toBe('2001:db8::1');
});

test.each([
  ['[192.0.2.1]', { family: 4, address: '192.0.2.1' }],
  ['[IPv6:2001:db8::1]', { family: 6, address: '2001:db8::1' }],
])('the literal %s is its own address, and nothing is asked', async (literal, record) => {
  const answer = await hostAddresses(literal, {} as Resolver, Math.random);
  expect(answer).toMatchObject({ kind: 'found', records: [record], authentic: false });
});

test('a host without addresses and a lookup that failed are handed on as they are', async () => {
  for (const answer of [
    { kind: 'nxdomain', authentic: true, ttlSeconds: 5, canonicalName: 'mx.example' },
    { kind: 'failed', reason: 'servfail' },
  ] as const) {
    const resolver = { addresses: async () => answer } as unknown as Resolver;
    expect(await hostAddresses('mx.example', resolver, Math.random)).toEqual(answer);
  }
});

async function texts(addresses: readonly string[], random: () => number): Promise<readonly string[]> {
  const records: AddressRecord[] = addresses.map((address) => ({ family: address.includes(':') ? 6 : 4, address }));
  const answer = { kind: 'found', records, authentic: false, ttlSeconds: 300, canonicalName: 'mx.example' } as const;
  const resolver = { addresses: async () => answer } as unknown as Resolver;
  const found = await hostAddresses('mx.example', resolver, random);
  return found.kind === 'found' ? found.records.map(({ address }) => address) : [];
}
