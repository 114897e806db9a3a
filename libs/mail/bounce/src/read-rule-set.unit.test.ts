import { cpuMsOf } from '@postern/clock';
import { expect, test } from 'vitest';
import { classifier, DEFAULT_RULE_SET, normaliseText, readRuleSet, type Rule } from './index.ts';

test('the rules that ship are read back as they are', () => {
  expect(readRuleSet(JSON.parse(JSON.stringify(DEFAULT_RULE_SET)))).toEqual({ ok: DEFAULT_RULE_SET });
});

test('no two rules that ship have one name', () => {
  const ids = DEFAULT_RULE_SET.rules.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each<[string, unknown]>([
  ['a class that is none', { id: 'a', class: 'gone', codes: ['5'] }],
  ['a rule that names nothing', { id: 'a', class: 'policy' }],
  ['a field that is none', { id: 'a', class: 'policy', codes: ['5'], regex: '.*' }],
  ['a code that is none', { id: 'a', class: 'policy', codes: ['2'] }],
  ['a stage that is none', { id: 'a', class: 'policy', stages: ['dinner'] }],
  ['an empty list', { id: 'a', class: 'policy', texts: [] }],
  ['a phrase that can never be', { id: 'a', class: 'policy', texts: ['User Unknown'] }],
  ['no rule at all', null],
])('%s is refused', (_, rule) => {
  expect(readRuleSet({ version: 1, rules: [rule] })).toHaveProperty('faults');
});

test('two rules of one name are refused', () => {
  const rule = { id: 'a', class: 'policy', codes: ['5'] };
  expect(readRuleSet({ version: 1, rules: [rule, rule] })).toHaveProperty('faults');
});

test.each([
  ['quota', 'over quota', true],
  ['quota', 'quotas', false],
  ['quota*', 'Quotas', true],
  ['box ... full', 'box of a@b.example is quite full', true],
  ['box ... full', 'box 1 2 3 4 5 6 7 8 9 full', false],
  ['ends here $', 'it ends here.', true],
  ['ends here $', 'it ends here, not', false],
  ["don't", 'we don’t', true],
  ['5.1.1', '5.1.1', true],
])('the phrase %j in %j: %s', (phrase, text, takes) => {
  const rule: Rule = { id: 'a', class: 'virus', texts: [phrase] };
  expect(classifier({ version: 1, rules: [rule] })({ code: 550, text }).class === 'virus').toBe(takes);
});

test('a hostile text costs no more than a plain one', () => {
  const rule: Rule = { id: 'a', class: 'virus', texts: ['a ... a ... a ... a ... b', 'x* ... y* ... z'] };
  const classify = classifier({ version: 1, rules: [rule, ...DEFAULT_RULE_SET.rules] });
  // Expressions are made ready at their first use.
  classify({ code: 550, text: 'plain' });
  const classifyAll = () => {
    for (const word of ['a ', 'x', '@', '.', 'http://', '1.', 'a.', ':'])
      classify({ code: 550, text: word.repeat(50_000) });
  };
  expect(cpuMsOf(classifyAll)).toBeLessThan(500);
});

test('a normalised text has neither addresses nor hosts nor links', () => {
  expect(normaliseText('<A@b.example>: Host mx.b.example[192.0.2.1] said: see https://x.example/y (in reply)')).toBe(
    ' @ host host ip said see in reply ',
  );
});
