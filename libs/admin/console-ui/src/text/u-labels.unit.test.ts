import { domainToASCII } from 'node:url';
import { expect, test } from 'vitest';
import { uLabelsOf } from './u-labels.ts';

test.for([
  'bücher.example',
  'straßen.example',
  'пример.испытание',
  'παράδειγμα.example',
  '例え.テスト',
  'مثال.إختبار',
  'דוגמה.example',
  '한국.example',
])('%s is shown in its own script', (name) => {
  expect(uLabelsOf(domainToASCII(name))).toBe(name);
});

test.for([
  ['letters of two scripts', 'аpple.example'],
  ['Cyrillic that looks like Latin', 'аррӏе.example'],
  ['Greek that looks like Latin', 'ορα.example'],
])('%s stays an A-label', ([, name = '']) => {
  expect(domainToASCII(name)).toMatch(/^xn--/);
  expect(uLabelsOf(domainToASCII(name))).toBeUndefined();
});

test('one label that is not shown keeps the others as they are', () => {
  expect(uLabelsOf(`${domainToASCII('аррӏе')}.${domainToASCII('bücher')}.example`)).toBeUndefined();
});

test.for([
  'example.com',
  'xn--',
  'xn--a',
  'xn--99999999',
  'xn--a-\u0000',
  'XN--BCHER-KVA.example',
  `xn--${'9'.repeat(70)}`,
])('%j is left alone', (name) => {
  expect(uLabelsOf(name)).toBeUndefined();
});
