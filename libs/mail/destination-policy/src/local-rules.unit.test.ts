import { expect, test } from 'vitest';
import { localDemand, type LocalRule, NO_LOCAL_DEMAND } from './local-rules.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const about = { domain: 'mx.bank.example', route: 'office', credentialId: 'c1' };
const rule = (change: Partial<LocalRule> = {}): LocalRule => ({
  id: 'r1',
  scope: { kind: 'domain', pattern: '*' },
  channel: 'none',
  reason: 'contract 7',
  ...change,
});
const demand = (...rules: readonly LocalRule[]) => localDemand(rules, about, NOW);

test.each([
  [{ kind: 'domain', pattern: '*' }, true],
  [{ kind: 'domain', pattern: 'mx.bank.example' }, true],
  [{ kind: 'domain', pattern: '*.bank.example' }, true],
  [{ kind: 'domain', pattern: '*.mx.bank.example' }, false],
  [{ kind: 'domain', pattern: 'bank.example' }, false],
  [{ kind: 'domain', pattern: '*.ank.example' }, false],
  [{ kind: 'route', name: 'office' }, true],
  [{ kind: 'route', name: 'other' }, false],
  [{ kind: 'credential', id: 'c1' }, true],
  [{ kind: 'credential', id: 'c2' }, false],
] as const)('a rule for %j counts: %s', (scope, counts) => {
  expect(demand(rule({ scope, channel: 'verified' })).channel).toBe(counts ? 'verified' : 'none');
});

test('a rule counts until its moment, and not at it', () => {
  expect(demand(rule({ channel: 'verified', until: new Date(NOW.getTime() + 1) })).channel).toBe('verified');
  expect(demand(rule({ channel: 'verified', until: NOW }))).toEqual(NO_LOCAL_DEMAND);
});

test('of several rules the strictest channel counts, whatever their order, and is the one that is named', () => {
  const rules = [
    rule({ channel: 'encrypted', reason: 'a' }),
    rule({ channel: 'dane', reason: 'b' }),
    rule({ channel: 'verified', reason: 'c' }),
  ];
  for (const order of [rules, rules.toReversed()])
    expect(demand(...order)).toEqual({ channel: 'dane', because: 'the local rule for domain * (b)' });
});

test('a rule that only allows something is not named as the reason of what another demands', () => {
  const allows = rule({ expired: 'allowed', reason: 'they renew late' });
  expect(demand(allows, rule({ minVersion: 'TLSv1.3', reason: 'audit' }))).toEqual({
    channel: 'none',
    minVersion: 'TLSv1.3',
    expired: 'allowed',
    because: 'the local rule for domain * (audit)',
  });
});

test('the highest version counts, and the cipher suites that all rules name', () => {
  expect(
    demand(
      rule({ minVersion: 'TLSv1.3', ciphers: ['A', 'B'] }),
      rule({ minVersion: 'TLSv1.2' }),
      rule({ ciphers: ['B', 'C'] }),
    ),
  ).toMatchObject({ minVersion: 'TLSv1.3', ciphers: ['B'] });
  expect(demand(rule({ ciphers: ['A'] }), rule({ ciphers: ['C'] })).ciphers).toEqual([]);
  expect(demand(rule({ channel: 'encrypted' }))).not.toHaveProperty('ciphers');
});
