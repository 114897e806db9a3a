import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mailbox, parseMailbox, readMailbox } from './mailbox.ts';
import { parseDomain, type Domain } from './domain.ts';

describe('parseMailbox', () => {
  it.each([
    ['a@b.example', 'a', 'a@b.example'],
    ['First.Last+tag@B.Example', 'First.Last+tag', 'First.Last+tag@b.example'],
    ['"a b"@b.example', 'a b', '"a b"@b.example'],
    ['"plain"@b.example', 'plain', 'plain@b.example'],
    ['"a@c"@b.example', 'a@c', '"a@c"@b.example'],
    [String.raw`"a\"b\\c"@b.example`, 'a"b\\c', String.raw`"a\"b\\c"@b.example`],
    [String.raw`"\a"@b.example`, 'a', 'a@b.example'],
    ['"a..b"@b.example', 'a..b', '"a..b"@b.example'],
    ['""@b.example', '', '""@b.example'],
    ['a@[192.0.2.1]', 'a', 'a@[192.0.2.1]'],
    ['a%c@b.example', 'a%c', 'a%c@b.example'],
    ['c!a@b.example', 'c!a', 'c!a@b.example'],
    [`${'a'.repeat(64)}@b.example`, 'a'.repeat(64), `${'a'.repeat(64)}@b.example`],
  ])('reads %s', (text, localPart, wire) => {
    expect(parseMailbox(text)).toMatchObject({ localPart, text: wire });
  });

  it.each([
    '',
    '@',
    'a',
    'a@',
    '@b.example',
    'a@@b.example',
    'a@b@c.example',
    '.a@b.example',
    'a.@b.example',
    'a..b@b.example',
    'a b@b.example',
    'a@b.example ',
    'a@b.example.',
    'a@b.example>',
    '"a@b.example',
    '"a"b@c.example',
    'a"b"@c.example',
    '"a\r\nb"@c.example',
    '"a\0b"@c.example',
    '"a\tb"@c.example',
    'a\r@b.example',
    'a(c)@b.example',
    'a@[192.0.2.1',
    'a@1.2.3.4',
    'a:b@c.example',
    '<a@b.example>',
  ])('refuses %j', (text) => {
    expect(parseMailbox(text)).toBeUndefined();
  });

  it('takes characters beyond ASCII only with SMTPUTF8', () => {
    expect(readMailbox('ü@b.example', { smtpUtf8: false })).toBe('needs-smtputf8');
    expect(readMailbox('a@bücher.example', { smtpUtf8: false })).toBe('needs-smtputf8');
    expect(parseMailbox('ü@bücher.example', { smtpUtf8: true })?.text).toBe('ü@xn--bcher-kva.example');
  });

  it.each(['\u0085@b.example', '\ufffd@b.example', '"\u0090"@b.example', '\ud800@b.example'])(
    'refuses %j even with SMTPUTF8',
    (text) => {
      expect(parseMailbox(text, { smtpUtf8: true })).toBeUndefined();
    },
  );

  it('counts a local-part in octets without its quotes', () => {
    expect(readMailbox(`${'a'.repeat(65)}@b.example`, { smtpUtf8: false })).toBe('local-part-too-long');
    expect(readMailbox(`${'ü'.repeat(33)}@b.example`, { smtpUtf8: true })).toBe('local-part-too-long');
    expect(readMailbox(`"${' '.repeat(64)}"@b.example`, { smtpUtf8: false })).toMatchObject({
      localPart: ' '.repeat(64),
    });
  });

  it('names a domain that is too long', () => {
    expect(readMailbox(`a@${'a.'.repeat(200)}example`, { smtpUtf8: false })).toBe('domain-too-long');
  });

  it('any local-part that can be written is read back as it was', () => {
    const domain = parseDomain('b.example') as Domain;
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...' aZ9.@"\\<>(),;:%!\'+-'), maxLength: 64 }), (localPart) => {
        expect(parseMailbox(mailbox(localPart, domain).text)).toEqual(mailbox(localPart, domain));
      }),
    );
  });

  it('answers any text without a throw', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseMailbox(text, { smtpUtf8: true })));
  });
});
