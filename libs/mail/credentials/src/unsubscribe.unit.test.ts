import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { readUnsubscribeTemplate, unsubscribeKey, unsubscribeUri } from './unsubscribe.ts';

test.for([
  ['https', 'https://example.org/u?r={recipient}&t={token}', true],
  ['https with the token in its path', 'https://example.org/u/{token}', true],
  ['mailto', 'mailto:unsubscribe@example.org?subject={token}', true],
  ['http, which RFC 8058 does not know', 'http://example.org/u?t={token}', false],
  ['a script', 'javascript:alert({token})', false],
  ['one without a token', 'https://example.org/u?r={recipient}', false],
  ['one whose host is the recipient’s', 'https://{recipient}/?{token}', false],
  ['one whose host is half the token', 'https://{token}.example.org/', false],
  ['one with a password', 'https://a:b@example.org/{token}', false],
  ['a place that there is not', 'https://example.org/{token}{name}', false],
  ['braces that do not close', 'https://example.org/{token}{', false],
  ['one that ends the field', 'https://example.org/{token}>\r\nBcc: x', false],
  ['one with a second URI', 'https://example.org/{token}>, <https://b.example/', false],
  ['one of a kilobyte', `https://example.org/{token}${'x'.repeat(1_000)}`, false],
  ['nothing', '', false],
] as const)('a template that is %s is read: %3$s', ([, text, good]) => {
  expect(readUnsubscribeTemplate(text)).toBe(good ? text : undefined);
});

test('each recipient has a URI of its own, whose token an operator can check', () => {
  const key = unsubscribeKey(Buffer.alloc(32, 1), '0199a000-0000-7000-8000-000000000001');
  const template = 'https://example.org/u?r={recipient}&t={token}';
  const recipient = `"a>b c"+ü@example.com`;
  const uri = unsubscribeUri(template, { key, recipient }) ?? expect.unreachable();
  expect(uri).toMatch(/^[!#-;=?-~]+$/);
  const { searchParams } = new URL(uri);
  expect(searchParams.get('r')).toBe(recipient);
  expect(searchParams.get('t')).toBe(createHmac('sha256', key).update(recipient).digest('base64url'));
  expect(unsubscribeUri(template, { key, recipient: 'x@example.com' })).not.toContain(searchParams.get('t'));
  expect(unsubscribeKey(Buffer.alloc(32, 1), 'another')).not.toBe(key);
  expect(unsubscribeUri(template, { key, recipient: 'ü'.repeat(200) })).toBeUndefined();
});
