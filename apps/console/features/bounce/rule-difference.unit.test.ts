import { expect, test } from 'vitest';
import { differenceOf } from './rule-difference.ts';

const [A, B] = [
  { id: 'a', class: 'policy', codes: ['5'] },
  { id: 'b', class: 'greylisted', codes: ['4'] },
];
const of = (...rules: Record<string, unknown>[]) => ({ rules });

test('the same rules differ in nothing, however their fields are written', () => {
  expect(differenceOf(of(A, B), of({ codes: ['5'], class: 'policy', id: 'a' }, B))).toEqual({
    only: [],
    missing: [],
    other: [],
    reordered: false,
  });
});

test('rules are told that only one of two versions has, and those that say something else', () => {
  expect(differenceOf(of(A), of(B))).toMatchObject({ only: ['a'], missing: ['b'], other: [] });
  expect(differenceOf(of({ ...A, codes: ['4'] }), of(A))).toMatchObject({ only: [], missing: [], other: ['a'] });
});

test('another order of the same rules is told', () => {
  expect(differenceOf(of(B, A), of(A, B))).toMatchObject({ only: [], other: [], reordered: true });
});
