import { expect, test } from 'vitest';
import { parseMailbox } from '@postern/smtp';
import { formatSenderRule, mayUse, parseCredentialName, parseSenderRule, type SenderRule } from './index.ts';

test.each([
  ['a@example.org', 'a@example.org'],
  ['a@example.org', 'A@EXAMPLE.ORG'],
  ['A@Example.org', 'a@example.org'],
  ['a@example.org', '"a"@example.org'],
  ['a@example.org', 'a+tag@example.org'],
  ['a@example.org', 'a+b+c@example.org'],
  ['a+tag@example.org', 'a+TAG@example.org'],
  ['a@bücher.example', 'a@xn--bcher-kva.example'],
  ['a@xn--bcher-kva.example', 'a@BÜCHER.example'],
  ['jürgen@example.org', 'JÜRGEN@example.org'],
  ['"a b"@example.org', '"A b"@example.org'],
  ['a@[192.0.2.1]', 'a@[192.0.2.1]'],
  ['@example.org', 'anyone+x@Example.Org'],
  ['@example.org.', 'a@example.org'],
  ['@*.example.org', 'a@b.example.org'],
  ['@*.example.org', 'a@c.b.example.org'],
  ['*@example.org', 'a@example.org'],
  ['*', 'who@ever.example'],
])('the rule %s lets one send as %s', (rule, sender) => {
  expect(mayUse([parsed(rule)], parseMailbox(sender, { smtpUtf8: true }) ?? fail(sender))).toBe(true);
});

test.each([
  ['a@example.org', 'b@example.org'],
  ['a@example.org', 'ab@example.org'],
  ['a@example.org', 'a@b.example.org'],
  ['a@example.org', 'a@example.org.evil.example'],
  ['a+tag@example.org', 'a@example.org'],
  ['a+tag@example.org', 'a+other@example.org'],
  ['a@example.org', '"a@example.org"@evil.example'],
  ['a@example.org', 'a%example.org@evil.example'],
  ['@example.org', 'a@b.example.org'],
  ['@example.org', 'a@badexample.org'],
  ['@*.example.org', 'a@example.org'],
  ['@*.example.org', 'a@badexample.org'],
  ['"*"@example.org', 'a@example.org'],
  ['<>', 'a@example.org'],
])('the rule %s does not let one send as %s', (rule, sender) => {
  expect(mayUse([parsed(rule)], parseMailbox(sender, { smtpUtf8: true }) ?? fail(sender))).toBe(false);
});

test('only the rule <> allows the null reverse-path', () => {
  expect(mayUse([parsed('<>')], undefined)).toBe(true);
  expect(mayUse([parsed('*'), parsed('@example.org')], undefined)).toBe(false);
});

test('without a rule one may send as nobody', () => {
  expect(mayUse([], parseMailbox('a@example.org'))).toBe(false);
  expect(mayUse([], undefined)).toBe(false);
});

test.each(['', '@', 'example.org', '@*', '@*.', '@.org', 'a@', '@exa mple.org', 'a@b@c', '@*.*.org', '**'])(
  '%j is no sender rule',
  (text) => expect(parseSenderRule(text)).toBeUndefined(),
);

test.each([
  ['A@Example.ORG', 'a@example.org'],
  ['"a b"@example.org', '"a b"@example.org'],
  ['@Bücher.example.', '@xn--bcher-kva.example'],
  ['@*.Example.org', '@*.example.org'],
  ['*', '*'],
  ['<>', '<>'],
])('the rule %s is stored as %s', (text, stored) => {
  expect(formatSenderRule(parsed(text))).toBe(stored);
  expect(parsed(stored)).toEqual(parsed(text));
});

test('a credential is named without regard to case, in letters that need no quoting', () => {
  expect(parseCredentialName('App1@Example.org')).toBe('app1@example.org');
  for (const text of ['', ' a', 'a b', '-a', 'a:', 'a\0', 'é', 'a'.repeat(65)])
    expect(parseCredentialName(text)).toBeUndefined();
});

function parsed(text: string): SenderRule {
  return parseSenderRule(text) ?? fail(text);
}

function fail(text: string): never {
  throw new Error(`cannot be read: ${text}`);
}
