import { expect, it } from 'vitest';
import { parseForwardPath, parseReversePath, readForwardPath, readReversePath } from './path.ts';

const ascii = { smtpUtf8: false };

it('reads the null reverse-path, which is no forward-path', () => {
  expect(parseReversePath('<>')).toEqual({ mailbox: undefined, text: '' });
  expect(parseForwardPath('<>')).toBeUndefined();
});

it('reads Postmaster without a domain as a forward-path only, in any case', () => {
  expect(parseForwardPath('<PostMaster>')).toEqual({ mailbox: undefined, text: 'Postmaster' });
  expect(parseReversePath('<Postmaster>')).toBeUndefined();
});

it.each([
  ['<a@b.example>', 'a@b.example'],
  ['<"a>b"@c.example>', '"a>b"@c.example'],
  ['<"a\\"> SIZE=1"@c.example>', '"a\\"> SIZE=1"@c.example'],
  ['<@x.example:a@b.example>', 'a@b.example'],
  ['<@x.example,@y.example:a@b.example>', 'a@b.example'],
])('reads %s as %s', (text, address) => {
  expect(parseForwardPath(text)?.text).toBe(address);
});

it.each([
  'a@b.example',
  '<a@b.example',
  'a@b.example>',
  '<a@b.example>>',
  '<<a@b.example>>',
  '< a@b.example>',
  '<a@b.example >',
  '<@x.example>',
  '<@x.example:>',
  '<@x.example a@b.example>',
  '<@:a@b.example>',
  '<@x.example;@y.example:a@b.example>',
  '<"a@b.example>',
  '<a@b.example> ',
])('refuses %j', (text) => {
  expect(parseForwardPath(text)).toBeUndefined();
});

it('leaves what follows the path to the caller', () => {
  expect(readReversePath('<> SIZE=1', ascii)).toMatchObject({ rest: ' SIZE=1' });
  expect(readForwardPath('<"a>"@b.example> NOTIFY=NEVER', ascii)).toMatchObject({ rest: ' NOTIFY=NEVER' });
});

it('a path over 256 octets with its brackets is too long', () => {
  const label = 'a'.repeat(62);
  const fitting = `<${'l'.repeat(64)}@${label}.${label}.${label}>`;
  expect(fitting.length).toBe(255);
  expect(parseForwardPath(fitting)).toBeDefined();
  expect(readForwardPath(`<@x.example:${fitting.slice(1)}`, ascii)).toEqual({ fault: 'path-too-long' });
  expect(readForwardPath(`<${'a'.repeat(5000)}@b.example>`, ascii)).toEqual({ fault: 'path-too-long' });
});
