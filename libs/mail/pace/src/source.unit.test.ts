import { expect, test } from 'vitest';
import { chooseSource, poolFor, type PoolRule, type Source, warmUpLimit } from './source.ts';

const source: Source = {
  id: '1',
  name: 'a',
  pool: 'bulk',
  addresses: ['192.0.2.1'],
  ehloName: 'a.example.org',
  weight: 1,
  warmUp: [50, 200],
  warmUpSince: new Date('2026-11-22T23:00:00Z'),
};
const rule = (change: Partial<PoolRule>): PoolRule => ({
  pool: 'bulk',
  credentialId: undefined,
  senderRule: undefined,
  route: undefined,
  ...change,
});
const mail = { credentialId: 'c1', reversePath: 'News@Example.org', route: undefined };

test('the first rule that is about a message gives its pool, and what none is about leaves from the default', () => {
  const rules = [rule({ credentialId: 'c2' }), rule({ senderRule: '@example.org', pool: 'news' }), rule({})];
  expect(poolFor(rules, mail)).toBe('news');
  expect(poolFor(rules, { ...mail, reversePath: '' })).toBe('bulk');
  expect(poolFor([], mail)).toBe('default');
});

test('all that a rule says must be so', () => {
  expect(poolFor([rule({ credentialId: 'c1', senderRule: '<>' })], mail)).toBe('default');
  expect(poolFor([rule({ route: 'office' })], mail)).toBe('default');
  expect(poolFor([rule({ route: 'office' })], { ...mail, route: 'office' })).toBe('bulk');
});

test('sources are chosen by their weights', () => {
  const pool = [source, { ...source, name: 'b', weight: 3 }];
  const chosen = Array.from({ length: 100 }, (_, index) => chooseSource(pool, index / 100)?.name);
  expect(chosen.filter((name) => name === 'b')).toHaveLength(75);
  expect(chooseSource([], 0.5)).toBeUndefined();
});

test('a plan goes by days of UTC, and after its last day the source is warm', () => {
  const limit = (at: string) => warmUpLimit(source, new Date(at));
  expect(['2026-11-22T23:59:00Z', '2026-11-23T00:01:00Z', '2026-11-24T00:00:00Z'].map(limit)).toEqual([
    50,
    200,
    undefined,
  ]);
  expect(warmUpLimit({ ...source, warmUp: [] }, new Date())).toBeUndefined();
});
