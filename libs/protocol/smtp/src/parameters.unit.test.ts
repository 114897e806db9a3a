import { expect, it } from 'vitest';
import { parseParameters } from './parameters.ts';

it('reads keywords in upper case and keeps values as they are', () => {
  expect([...(parseParameters(' size=10 Body=8BITMIME SMTPUTF8') ?? [])]).toEqual([
    ['SIZE', '10'],
    ['BODY', '8BITMIME'],
    ['SMTPUTF8', undefined],
  ]);
});

it('takes nothing, and spaces at the end', () => {
  expect(parseParameters('')?.size).toBe(0);
  expect(parseParameters('  ')?.size).toBe(0);
  expect(parseParameters('  SIZE=1  ')?.size).toBe(1);
});

it.each([
  'SIZE=1',
  ' SIZE=',
  ' =1',
  ' SI ZE==1',
  ' SIZE=1 SIZE=1',
  ' SIZE=1 size=2',
  ' A=\0',
  ' A=b\rc',
  ' -A=1',
  ' A=\t',
  '\tA=1',
])('refuses %j', (rest) => {
  expect(parseParameters(rest)).toBeUndefined();
});

it('a keyword named like a property of objects is a keyword like any other', () => {
  expect(parseParameters(' constructor=1')?.get('CONSTRUCTOR')).toBe('1');
});
