import { cpuMsOf } from '@postern/clock';
import { describe, expect, it } from 'vitest';
import {
  fieldNamed,
  fieldsNamed,
  fieldValue,
  rawField,
  readHeaderSection,
  valueOf,
  withoutFields,
  type HeaderSection,
} from './header-section.ts';

function sound(text: string | Buffer): HeaderSection {
  const reading = readHeaderSection(Buffer.from(text));
  if (reading.kind !== 'sound') throw new Error(JSON.stringify(reading.fault));
  return reading.section;
}

describe('readHeaderSection', () => {
  it('keeps the octets of every field', () => {
    const text = 'Subject: a\r\n b\r\nX-Odd : c\r\nsubject:d\r\n';
    const section = sound(text);
    expect(section.fields.map((field) => field.name)).toEqual(['Subject', 'X-Odd', 'subject']);
    expect(section.fields.map((field) => rawField(section, field).toString()).join('')).toBe(text);
  });

  it('unfolds a value', () => {
    expect(valueOf(sound('Subject: a\r\n b\r\n\tc  \r\n'), 'subject')).toBe('a b\tc');
  });

  it('reads UTF-8, and octets that are none as Latin-1', () => {
    expect(valueOf(sound('Subject: ü\r\n'), 'subject')).toBe('ü');
    expect(valueOf(sound(Buffer.from('Subject: ü\r\n', 'latin1')), 'subject')).toBe('ü');
  });

  it('finds fields in any case, the first or all', () => {
    const section = sound('Received: 1\r\nRECEIVED: 2\r\n');
    expect(fieldsNamed(section, 'received').map((field) => fieldValue(section, field))).toEqual(['1', '2']);
    expect(valueOf(section, 'received')).toBe('1');
    expect(fieldNamed(section, 'date')).toBeUndefined();
  });

  it('fields named like properties of objects are fields like any other', () => {
    const section = sound('__proto__: a\r\nconstructor: b\r\ntoString: c\r\nhasOwnProperty: d\r\n');
    expect(section.fields.map((field) => valueOf(section, field.key))).toEqual(['a', 'b', 'c', 'd']);
    expect(valueOf(sound('A: b\r\n'), 'constructor')).toBeUndefined();
  });

  it.each([
    [' folded: a\r\n', 'begins-with-continuation', 1],
    ['From a@b.example Mon\r\nA: b\r\n', 'mbox-line', 1],
    ['>From a@b.example Mon\r\nA: b\r\n', 'mbox-line', 1],
    ['A: b\r\nHello, world\r\n', 'no-field', 2],
    ['A: b\r\n c\r\nHello\r\n', 'no-field', 3],
    [': a\r\n', 'no-field', 1],
    ['A b: c\r\n', 'no-field', 1],
    ['Ä: c\r\n', 'no-field', 1],
    ['A\0: c\r\n', 'no-field', 1],
    [`${'a'.repeat(300)}: c\r\n`, 'no-field', 1],
    ['A: b\r\n'.repeat(1001), 'too-many-fields', 1001],
    [`A: ${'b'.repeat(256 * 1024)}\r\n`, 'too-big', 1],
  ])('refuses %.40j as %s in line %i', (text, reason, line) => {
    expect(readHeaderSection(Buffer.from(text))).toEqual({ kind: 'malformed', fault: { reason, line } });
  });

  it('reads a continuation of 100,000 lines in linear time', () => {
    expect(cpuMsOf(() => sound(`A: b\r\n${' \r\n'.repeat(80_000)}`))).toBeLessThan(500);
  });
});

describe('withoutFields', () => {
  it('takes out whole fields, folded lines with them', () => {
    const section = sound('A: b\r\nBcc: c,\r\n d\r\nE: f\r\n');
    expect(withoutFields(section, ({ key }) => key === 'bcc').toString()).toBe('A: b\r\nE: f\r\n');
  });

  it('answers the same octets when there is nothing to take out', () => {
    const section = sound('A: b\r\n');
    expect(withoutFields(section, () => false)).toBe(section.octets);
  });
});
