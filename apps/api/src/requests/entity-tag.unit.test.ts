import { expect, test } from 'vitest';
import { entityTag, matches } from './entity-tag.ts';

test('a version is that of the named fields, and of nothing else', () => {
  const tag = entityTag({ name: 'a', limits: { most: 1 }, lastUsedAt: 'now' }, ['name', 'limits']);
  expect(entityTag({ limits: { most: 1 }, name: 'a', lastUsedAt: 'later' }, ['name', 'limits'])).toBe(tag);
  expect(entityTag({ name: 'a', limits: { most: 2 } }, ['name', 'limits'])).not.toBe(tag);
  expect(tag).toMatch(/^"[\w-]{22}"$/);
});

test.for([
  ['"a"', true],
  ['"b", "a"', true],
  ['*', true],
  ['W/"a"', false],
  ['a', false],
  ['"b"', false],
] as const)('If-Match %s', ([ifMatch, expected]) => {
  expect(matches(ifMatch, '"a"')).toBe(expected);
});
