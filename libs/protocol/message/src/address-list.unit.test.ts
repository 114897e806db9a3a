import fc from 'fast-check';
import { cpuMsOf } from '@postern/clock';
import { describe, expect, it } from 'vitest';
import { readAddressList } from './address-list.ts';

function addresses(text: string): string[] | 'malformed' {
  const reading = readAddressList(text);
  return reading.kind === 'sound' ? reading.mailboxes.map(({ mailbox }) => mailbox.text) : 'malformed';
}

describe('readAddressList', () => {
  it.each([
    ['a@b.example', ['a@b.example']],
    ['A <a@B.example>', ['a@b.example']],
    ['<a@b.example>', ['a@b.example']],
    ['a@b.example, C D <c@d.example>', ['a@b.example', 'c@d.example']],
    ['"D, C" <c@d.example>', ['c@d.example']],
    ['"ceo@bank.example" <me@ok.example>', ['me@ok.example']],
    ['=?utf-8?Q?ceo=40bank.example?= <me@ok.example>', ['me@ok.example']],
    ['John Q. Public <j@b.example>', ['j@b.example']],
    ['a@b.example (a (nested) comment, with <x@y.example>)', ['a@b.example']],
    ['(c) A (c) <(c)a@b.example(c)> (c)', ['a@b.example']],
    ['"a b"@c.example', ['"a b"@c.example']],
    ['"a@b.example"@c.example', ['"a@b.example"@c.example']],
    ['a@[192.0.2.1]', ['a@[192.0.2.1]']],
    ['Group: a@b.example, C <c@d.example>;', ['a@b.example', 'c@d.example']],
    ['G:;', []],
    ['G: a@b.example;, c@d.example', ['a@b.example', 'c@d.example']],
    ['a@b.example,,c@d.example,', ['a@b.example', 'c@d.example']],
    ['<@x.example,@y.example:a@b.example>', ['a@b.example']],
    ['Jürgen <j@bücher.example>', ['j@xn--bcher-kva.example']],
    ['', []],
  ])('of %s reads %j', (text, expected) => {
    expect(addresses(text)).toEqual(expected);
  });

  it.each([
    'a',
    '@b.example',
    'a@',
    'a b@c.example',
    'a@b.example c@d.example',
    'ceo@bank.example <me@ok.example>',
    'a@b.example <c@d.example> e',
    '<a@b.example> <c@d.example>',
    '<<a@b.example>>',
    '<a@b.example',
    '<',
    'A <',
    'a@b.example>',
    '<>',
    '<a@b.example,c@d.example>',
    'a(c)@b.example',
    'a@b(c).example',
    'a @b.example',
    'a@ b.example',
    '"a@b.example',
    'a@b.example (unclosed',
    'a@b.example )',
    'G: a@b.example',
    'G: H: a@b.example;;',
    ': a@b.example;',
    'a@b.example;',
    'G:; a@b.example',
    'a@b@c.example',
    'a..b@c.example',
    '.A <a@b.example>',
    'a\0@b.example',
    '[J] <a@b.example>',
    '\u202ea\u0085 <a@b.example>',
    `${'('.repeat(33)}${')'.repeat(33)}a@b.example`,
  ])('refuses %j', (text) => {
    expect(addresses(text)).toBe('malformed');
  });

  it('gives the display name without its quotes', () => {
    const reading = readAddressList(String.raw`"A \"B\" C" D.  E <a@b.example>`);
    expect(reading.kind === 'sound' && reading.mailboxes[0]?.displayName).toBe('A "B" C D. E');
  });

  it('counts groups', () => {
    expect(readAddressList('G:;,H:;')).toMatchObject({ groups: 2 });
  });

  it.each([
    ['10,000 groups inside each other', 'g:'.repeat(10_000)],
    ['100,000 commas', ','.repeat(100_000)],
    ['1 MiB of addresses', 'a@b.example,'.repeat(15_000)],
    ['1 MiB of at signs', '@'.repeat(1 << 20)],
    ['1 MiB of brackets', '<'.repeat(1 << 20)],
    ['1 MiB of comments', '('.repeat(1 << 20)],
    ['1 MiB of quotes', '"\\'.repeat(1 << 19)],
    ['1 MiB of dots', 'a.'.repeat(1 << 19)],
    ['1 MiB of one atom', 'a'.repeat(1 << 20)],
    ['100,000 empty comments', '()'.repeat(100_000)],
    ['1 MiB of literals', '['.repeat(1 << 20)],
    ['100,000 groups', 'g:;,'.repeat(100_000)],
    ['an unclosed bracket before 100,000 commas', `<${'a,'.repeat(100_000)}`],
  ])('answers %s in linear time', (_, text) => {
    expect(cpuMsOf(() => readAddressList(text))).toBeLessThan(1_000);
  });

  it('answers any text without a throw', () => {
    const piece = fc.oneof(fc.constantFrom(...'<>@,;:."()[]\\ a\t', 'a@b.example'), fc.string({ unit: 'binary' }));
    fc.assert(fc.property(fc.array(piece), (pieces) => void readAddressList(pieces.join(''))));
  });
});
