import { expect, test } from 'vitest';
import { siteKey } from './site-key.ts';

const hosts = [
  { name: 'b.example', preference: 10 },
  { name: 'backup.example', preference: 20 },
  { name: 'a.example', preference: 10 },
];

test('equals are sorted, and levels are kept apart', () => {
  expect(siteKey(hosts)).toBe('a.example,b.example|backup.example');
});

test('the key depends on the order of preference and not on its numbers', () => {
  const others = { 10: 1, 20: 65_535 } as Record<number, number>;
  const renumbered = hosts.map(({ name, preference }) => ({ name, preference: others[preference] ?? 0 }));
  expect(siteKey(renumbered.toReversed())).toBe(siteKey(hosts));
});

test('the same hosts in another order of preference are another site', () => {
  const swapped = hosts.map((host) => (host.name === 'a.example' ? { ...host, preference: 30 } : host));
  expect(siteKey(swapped)).toBe('b.example|backup.example|a.example');
});

test('a long key is bounded, readable at its beginning and different for different sites', () => {
  const many = Array.from({ length: 20 }, (_, index) => ({
    name: `mail-${index}.provider.example`,
    preference: index,
  }));
  const more = [...many.slice(0, -1), { name: 'other.provider.example', preference: 19 }];
  expect(siteKey(many)).toHaveLength(200);
  expect(siteKey(many)).toMatch(/^mail-0\.provider\.example\|mail-1\..*#[0-9a-f]{32}$/);
  expect(siteKey(many)).not.toBe(siteKey(more));
  expect(siteKey(many)).toBe(siteKey(many.toReversed()));
});
