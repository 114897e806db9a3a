import { describe, expect, test } from 'vitest';
import { isAskable, readName, writeName } from './name.ts';

describe('a name', () => {
  test.each([
    ['0362c3bc', undefined],
    ['0161016200', 'a.b'],
    ['00', '.'],
    ['03612e6200', 'a\\.b'],
    ['02610000', 'a\\000'],
    ['025c4100', '\\\\a'],
    ['0141', undefined],
    ['40', undefined],
    ['c000', undefined],
    ['c0', undefined],
  ])('of the octets %s is %j', (octets, name) => {
    expect(readName(Buffer.from(octets, 'hex'), 0)?.name).toBe(name);
  });

  test('is read through pointers, and what follows it is found', () => {
    const message = Buffer.from('03636f6d00'.concat('0161c000', '0162c005', 'ff'), 'hex');
    expect(readName(message, 9)).toEqual({ name: 'b.a.com', end: 13 });
  });

  test.each([
    ['to itself', '0161c000', 0],
    ['forwards', 'c0020161', 0],
    ['in a circle', 'c002c000', 2],
  ])('whose pointer leads %s is none', (_, octets, start) => {
    expect(readName(Buffer.from(octets, 'hex'), start)).toBeUndefined();
  });

  test('ends at 255 octets and at 127 pointers', () => {
    const longest = [...Array<string>(3).fill('a'.repeat(63)), 'a'.repeat(61)].join('.');
    expect(readName(writeName(longest), 0)?.name).toBe(longest);
    expect(readName(writeName(`${longest}a`), 0)).toBeUndefined();
    const pointers = Buffer.alloc(2 + 2 * 200);
    for (let index = 1; index <= 200; index += 1) pointers.writeUInt16BE(0xc000 | (2 * index - 2), 2 * index);
    expect(readName(pointers, 2 * 127)?.name).toBe('.');
    expect(readName(pointers, 2 * 128)).toBeUndefined();
  });

  test.each([
    ['_25._tcp.mx.example.com', true],
    ['a', true],
    ['', false],
    ['a..b', false],
    ['a.', false],
    ['ö.example', false],
    ['a b', false],
    [`${'a'.repeat(64)}.example`, false],
    [`${'a.'.repeat(126)}a`, true],
    [`${'a.'.repeat(127)}a`, false],
  ])('%j can be asked for: %j', (name, askable) => {
    expect(isAskable(name)).toBe(askable);
  });
});
