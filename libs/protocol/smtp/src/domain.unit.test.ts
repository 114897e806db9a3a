import { describe, expect, it } from 'vitest';
import { parseDomain } from './domain.ts';

describe('parseDomain', () => {
  it.each([
    ['Example.COM', 'example.com'],
    ['example.com.', 'example.com'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['BÜCHER.Example', 'xn--bcher-kva.example'],
    ['XN--BCHER-kva.example', 'xn--bcher-kva.example'],
    ['bücher。example', 'xn--bcher-kva.example'],
    ['localhost', 'localhost'],
    ['a-b.c-d.example', 'a-b.c-d.example'],
    ['ab--cd.example', 'ab--cd.example'],
    ['1.example', '1.example'],
    [`${'a'.repeat(63)}.example`, `${'a'.repeat(63)}.example`],
  ])('reads %s as %s', (text, canonical) => {
    expect(parseDomain(text)).toBe(canonical);
  });

  it.each([
    '',
    '.',
    '..',
    '.example.com',
    'example..com',
    'example.com..',
    '-a.example',
    'a-.example',
    'a_b.example',
    'a b.example',
    'a\0.example',
    'a\r\nb.example',
    'ex%61mple.com',
    'b%C3%BCcher.ü',
    'xn--a.example',
    'xn--.example',
    '1.2.3.4',
    '127.1',
    '0x7f.0x1',
    'a.0x',
    '[1.2.3.4]',
    'ü@example.com',
    '\u202eexample.com',
    '\ufffd.example',
    `${'a'.repeat(64)}.example`,
    `${'a.'.repeat(126)}ab`,
    'ü'.repeat(2000),
  ])('refuses %j', (text) => {
    expect(parseDomain(text)).toBeUndefined();
  });

  it('reads its own answers unchanged', () => {
    const domain = parseDomain('Bücher.EXAMPLE.');
    expect(domain && parseDomain(domain)).toBe(domain);
  });
});
