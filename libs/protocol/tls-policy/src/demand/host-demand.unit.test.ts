import { describe, expect, test } from 'vitest';
import type { DaneFinding, LocalDemand, StsFinding } from './findings.ts';
import { hostDemand, type DestinationFindings } from './host-demand.ts';

const usable: DaneFinding = {
  kind: 'usable',
  baseDomain: 'mx.example.com',
  records: [{ usage: 3, selector: 1, matchingType: 1, data: Buffer.alloc(32) }],
  names: ['mx.example.com', 'example.com'],
};
const unusable: DaneFinding = { kind: 'unusable', baseDomain: 'mx.example.com', because: 'usage 0' };
const failed: DaneFinding = { kind: 'failed', because: 'servfail' };
const none: DaneFinding = { kind: 'none' };
const sts = (mode: 'enforce' | 'testing' | 'none', mx = ['mx.example.com']): StsFinding => ({
  kind: 'policy',
  id: 'a1',
  policy: { mode, mx, maxAgeSeconds: 86_400 },
  fetchedAt: new Date(0),
  expiresAt: new Date(1e13),
});
const noSts: StsFinding = { kind: 'none', because: 'there is no record' };
const local = (channel: LocalDemand['channel'], more: Partial<LocalDemand> = {}): LocalDemand => ({
  channel,
  because: 'rule 1',
  ...more,
});

const happy: DestinationFindings = {
  domain: 'example.com',
  host: 'mx.example.com',
  hostAuthentic: true,
  dane: none,
  sts: noSts,
  local: local('none'),
  wish: 'none',
};

/** In a few words what comes of findings. */
function folded(change: Partial<DestinationFindings>): string {
  const end = hostDemand({ ...happy, ...change });
  return end.kind === 'refused'
    ? `refused ${end.applied} ${end.failure.resultType}`
    : `${end.demand.kind} ${end.applied}`;
}

describe('what a destination publishes', () => {
  test.each([
    ['nothing', {}, 'opportunistic none'],
    ['usable TLSA records', { dane: usable }, 'dane dane'],
    ['TLSA records of which none is usable', { dane: unusable }, 'encrypted dane'],
    ['TLSA records that cannot be had', { dane: failed }, 'refused dane dnssec-invalid'],
    ['an MTA-STS policy', { sts: sts('enforce') }, 'verified mta-sts'],
    [
      'an MTA-STS policy that does not name the host',
      { sts: sts('enforce', ['other.example']) },
      'refused mta-sts validation-failure',
    ],
    ['an MTA-STS policy for testing', { sts: sts('testing', ['other.example']) }, 'opportunistic none'],
    ['an MTA-STS policy none', { sts: sts('none', []) }, 'opportunistic none'],
    ['both, and DANE wins', { dane: usable, sts: sts('enforce') }, 'dane dane'],
    [
      'both, and DANE wins also where MTA-STS does not name the host',
      { dane: usable, sts: sts('enforce', ['x.example']) },
      'dane dane',
    ],
    [
      'both, and MTA-STS does not save what DANE refuses',
      { dane: failed, sts: sts('enforce') },
      'refused dane dnssec-invalid',
    ],
    [
      'unusable TLSA records and an MTA-STS policy: the stricter',
      { dane: unusable, sts: sts('enforce') },
      'verified mta-sts',
    ],
    ['nothing that is authentic', { dane: { kind: 'insecure', because: 'x' } as const }, 'opportunistic none'],
  ])('%s: %3$s', (_, change, expected) => {
    expect(folded(change)).toBe(expected);
  });

  test('the certificate must have the name of the host, not one of the policy', () => {
    expect(hostDemand({ ...happy, sts: sts('enforce', ['*.example.com']) })).toMatchObject({
      demand: { kind: 'verified', names: ['mx.example.com'] },
    });
  });

  test('SNI is the TLSA base domain, and the names are those found with it', () => {
    expect(hostDemand({ ...happy, dane: { ...usable, baseDomain: 'real.example.net' } })).toMatchObject({
      demand: { serverName: 'real.example.net', names: ['mx.example.com', 'example.com'] },
    });
  });
});

describe('a local rule', () => {
  test.each([
    ['TLS', { local: local('encrypted') }, 'encrypted local'],
    ['verified TLS', { local: local('verified') }, 'verified local'],
    ['TLS, and the policy more', { local: local('encrypted'), sts: sts('enforce') }, 'verified mta-sts'],
    ['verified TLS, and DANE proves it', { local: local('verified'), dane: usable }, 'dane dane'],
    ['verified TLS where TLSA records are unusable', { local: local('verified'), dane: unusable }, 'verified local'],
    ['verified TLS, and DANE refuses', { local: local('verified'), dane: failed }, 'refused dane dnssec-invalid'],
    ['DANE, which is there', { local: local('dane'), dane: usable }, 'dane dane'],
    ['DANE, which is not there', { local: local('dane') }, 'refused local dane-required'],
    ['DANE, which is unusable', { local: local('dane'), dane: unusable }, 'refused local dane-required'],
  ])('demands %s: %3$s', (_, change, expected) => {
    expect(folded(change)).toBe(expected);
  });

  test('that allows an expired certificate does so for what is verified, and raises nothing', () => {
    const expired = local('none', { expired: 'allowed' });
    expect(hostDemand({ ...happy, local: expired, sts: sts('enforce') })).toMatchObject({
      demand: { kind: 'verified', expired: 'allowed' },
    });
    expect(folded({ local: expired })).toBe('opportunistic none');
    expect(folded({ local: expired, dane: usable })).toBe('dane dane');
  });

  test('of a TLS version goes with whatever is demanded', () => {
    const rule = local('none', { minVersion: 'TLSv1.3' });
    for (const change of [{}, { dane: usable }, { sts: sts('enforce') }]) {
      expect(hostDemand({ ...happy, ...change, local: rule })).toMatchObject({ demand: { minVersion: 'TLSv1.3' } });
    }
  });

  test.each([
    ['a TLS version', { minVersion: 'TLSv1.3' as const }, 'encrypted local'],
    ['cipher suites', { ciphers: ['TLS_AES_256_GCM_SHA384'] }, 'encrypted local'],
    ['cipher suites of which rules leave none', { ciphers: [] }, 'refused local validation-failure'],
  ])('of %s does not send in clear to a host that has others: %3$s', (_, more, expected) => {
    expect(folded({ local: local('none', more) })).toBe(expected);
    expect(folded({ local: local('none', more), wish: 'tls-optional' })).toBe(expected);
  });

  test('of cipher suites goes with what is demanded', () => {
    const rule = local('none', { ciphers: ['TLS_AES_256_GCM_SHA384'] });
    for (const change of [{}, { dane: usable }, { sts: sts('enforce') }, { wish: 'requiretls' as const }])
      expect(hostDemand({ ...happy, ...change, local: rule })).toMatchObject({
        demand: { ciphers: ['TLS_AES_256_GCM_SHA384'] },
      });
  });
});

describe('REQUIRETLS', () => {
  const wish = 'requiretls';
  test.each([
    ['an authentic way, and a certificate', {}, 'verified requiretls'],
    ['a way that nobody vouches for', { hostAuthentic: false }, 'refused requiretls validation-failure'],
    ['a way that MTA-STS vouches for', { hostAuthentic: false, sts: sts('enforce') }, 'verified requiretls'],
    ['a policy for testing vouches too', { hostAuthentic: false, sts: sts('testing') }, 'verified requiretls'],
    [
      'a policy none vouches for nothing',
      { hostAuthentic: false, sts: sts('none') },
      'refused requiretls validation-failure',
    ],
    ['DANE', { dane: usable }, 'dane dane'],
    ['unusable TLSA records', { dane: unusable }, 'verified requiretls'],
    ['TLSA records that cannot be had', { dane: failed }, 'refused dane dnssec-invalid'],
    [
      'an operator who forgives an expired certificate',
      { local: local('none', { expired: 'allowed' as const }) },
      'verified requiretls',
    ],
  ])('with %s: %3$s', (_, change, expected) => {
    expect(folded({ wish, ...change })).toBe(expected);
  });

  test('forgives no expired certificate', () => {
    const end = hostDemand({ ...happy, wish, sts: sts('enforce'), local: local('verified', { expired: 'allowed' }) });
    expect(end).toMatchObject({ kind: 'demand' });
    expect(end.kind === 'demand' && end.demand).not.toHaveProperty('expired');
  });
});

describe('TLS-Required: No', () => {
  const wish = 'tls-optional';
  test.each([
    ['DANE', { dane: usable }, 'opportunistic none'],
    ['DANE that fails', { dane: failed }, 'opportunistic none'],
    ['MTA-STS', { sts: sts('enforce', ['x.example']) }, 'opportunistic none'],
    ['not past TLS that an operator demands', { dane: usable, local: local('encrypted') }, 'encrypted local'],
    ['not past DANE that an operator demands', { dane: usable, local: local('dane') }, 'dane dane'],
  ])('goes past %s: %3$s', (_, change, expected) => {
    expect(folded({ wish, ...change })).toBe(expected);
  });
});
