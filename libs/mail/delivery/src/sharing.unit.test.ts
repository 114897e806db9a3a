import type { StsFinding, UsableTlsa } from '@postern/tls-policy';
import { expect, test } from 'vitest';
import { hopChannel, type HopChannel, type HostChannel } from './channel.ts';
import type { Connected } from './connect.ts';
import type { NextHop } from './next-hop.ts';
import { mayShare } from './sharing.ts';

const HOST = 'mx.provider.example';
const enforce: StsFinding = {
  kind: 'policy',
  id: '1',
  policy: { mode: 'enforce', mx: [HOST], maxAgeSeconds: 86_400 },
  fetchedAt: new Date(0),
  expiresAt: new Date(1e13),
};
const plain: Omit<HopChannel, 'key'> = {
  domain: 'a.example',
  insecure: undefined,
  tlsaPorts: [25],
  nextHopNames: ['a.example'],
  sts: { kind: 'none', because: 'there is no record' },
  local: { channel: 'none', because: 'no local rule' },
  wish: 'none',
};
const channelOf = (change: Partial<HopChannel> = {}, hosts: readonly string[] = [HOST]): HopChannel =>
  hopChannel(hosts, { ...plain, ...change });
const tlsa = (usage: 2 | 3): UsableTlsa => ({ usage, selector: 1, matchingType: 1, data: Buffer.alloc(32) });

type Open = Extract<Connected, { kind: 'connected' }>;

/** A connection that was opened for a channel: no more of it than sharing looks at. */
function openFor(channel: HopChannel, demand: object, names: readonly string[] = [HOST]): Open {
  const host = { demanded: { kind: 'demand', applied: 'none', demand } } as unknown as HostChannel;
  const connection = { facts: { host: HOST, tls: { certificate: { names } } } };
  return { kind: 'connected', channel, host, connection, policy: '', recorded: undefined } as unknown as Open;
}

/** A hop of which only the channel counts here. */
const hop = (channel: HopChannel): NextHop => ({ channel }) as unknown as NextHop;
const opportunistic = { kind: 'opportunistic' };

test('mail of another domain that demands the same shares a connection', () => {
  expect(mayShare(openFor(channelOf(), opportunistic), hop(channelOf({ domain: 'b.example' })))).toBe(true);
});

test.each<[string, Partial<HopChannel>, (readonly string[])?]>([
  ['has an MTA-STS policy', { sts: enforce }],
  ['demands REQUIRETLS', { wish: 'requiretls' }],
  ['goes past policies', { wish: 'tls-optional' }],
  ['is under a local rule', { local: { channel: 'verified', because: 'rule 1' } }],
  ['is under a rule about versions', { local: { channel: 'none', minVersion: 'TLSv1.3', because: 'rule 1' } }],
  ['is under a rule about cipher suites', { local: { channel: 'none', ciphers: ['X'], because: 'rule 1' } }],
  ['allows an expired certificate', { local: { channel: 'none', expired: 'allowed', because: 'rule 1' } }],
  ['has a way that is not authentic', { insecure: 'the MX records are not authentic' }],
  ['has other hosts', {}, [HOST, 'mx2.provider.example']],
])('mail that %s does not share the connection of mail that does not', (_, change, hosts) => {
  const other = channelOf({ domain: 'b.example', ...change }, hosts);
  expect(mayShare(openFor(channelOf(), opportunistic), hop(other))).toBe(false);
  expect(mayShare(openFor(other, opportunistic), hop(channelOf()))).toBe(false);
});

test('a certificate that DANE-TA took for the name of one domain proves nothing to another', () => {
  const demand = (usage: 2 | 3) => ({ kind: 'dane', records: [tlsa(usage)], serverName: HOST });
  const other = hop(channelOf({ domain: 'b.example' }));
  expect(mayShare(openFor(channelOf(), demand(2), ['a.example']), other)).toBe(false);
  expect(mayShare(openFor(channelOf(), demand(2), [HOST]), other)).toBe(true);
  expect(mayShare(openFor(channelOf(), demand(3), ['a.example']), other)).toBe(true);
  expect(mayShare(openFor(channelOf(), demand(2), ['a.example']), hop(channelOf()))).toBe(true);
});
