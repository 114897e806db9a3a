import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineReader, type Line } from './line-reader.ts';

const limits = { maxOctets: 20, maxDroppedOctets: 100 };

function read(chunks: readonly (string | Buffer)[]): { lines: Line[]; rest: string } {
  const reader = new LineReader(limits);
  const lines: Line[] = [];
  for (const chunk of chunks) {
    reader.push(Buffer.from(chunk));
    for (let line = reader.next(); line; line = reader.next()) {
      lines.push(line);
      if (line.kind === 'line-without-end') return { lines, rest: '' };
    }
  }
  return { lines, rest: reader.takeRest().toString('latin1') };
}

const line = (text: string): Line => ({ kind: 'line', text });

describe('LineReader', () => {
  it('reads lines that end with CRLF and keeps the rest', () => {
    expect(read(['EHLO a\r\nNOOP\r\nQU'])).toEqual({ lines: [line('EHLO a'), line('NOOP')], rest: 'QU' });
  });

  it.each([
    ['a bare LF', 'NOOP\nQUIT\r\n', 'NOOP\nQUIT'],
    ['a bare CR', 'NOOP\rQUIT\r\n', 'NOOP\rQUIT'],
    ['an LF at the start', '\nNOOP\r\n', '\nNOOP'],
    ['two CR', 'NOOP\r\r\n', 'NOOP\r'],
    ['LF CR', 'NOOP\n\r\n', 'NOOP\n'],
    ['a NUL', 'NO\0OP\r\n', 'NO\0OP'],
  ])('%s does not end a line', (_, octets, text) => {
    expect(read([octets])).toEqual({ lines: [line(text)], rest: '' });
  });

  it('reads UTF-8, and shows octets that are none as U+FFFD', () => {
    expect(read(['ü\r\n', Buffer.from('ü\r\n', 'latin1')]).lines).toEqual([line('ü'), line('\ufffd')]);
  });

  it('a line over the limit is one event, and the next line is read again', () => {
    expect(read([`${'a'.repeat(18)}\r\n`]).lines).toEqual([line('a'.repeat(18))]);
    expect(read([`${'a'.repeat(19)}\r\nNOOP\r\n`]).lines).toEqual([{ kind: 'line-too-long' }, line('NOOP')]);
    expect(read(['a'.repeat(90), '\r', '\nNOOP\r\n']).lines).toEqual([{ kind: 'line-too-long' }, line('NOOP')]);
  });

  it('a line that never ends is given up, and held nowhere', () => {
    const reader = new LineReader(limits);
    for (let chunk = 0; chunk < 5; chunk++) {
      reader.push(Buffer.from('a'.repeat(19)));
      expect(reader.next()).toBeUndefined();
      expect(reader.pendingOctets).toBeLessThan(20);
    }
    reader.push(Buffer.from('a'.repeat(19)));
    expect(reader.next()).toEqual({ kind: 'line-without-end' });
  });

  it('knows that the line which has begun has a bare LF', () => {
    const reader = new LineReader(limits);
    reader.push(Buffer.from('NOOP\n'));
    expect([reader.next(), reader.hasBareLineFeed]).toEqual([undefined, true]);
    reader.push(Buffer.from('\r\n'));
    expect([reader.next(), reader.hasBareLineFeed]).toEqual([line('NOOP\n'), false]);
  });

  it('the way octets are cut into chunks changes nothing, whatever they are', () => {
    const piece = fc.constantFrom('\r\n', '\r', '\n', 'a', 'ü', '\0', 'aaaaaaaaaa');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.array(fc.integer({ min: 1, max: 9 })), (pieces, cuts) => {
        const octets = Buffer.from(pieces.join(''));
        const chunks = [];
        let at = 0;
        for (const cut of cuts) chunks.push(octets.subarray(at, (at += cut)));
        chunks.push(octets.subarray(at));
        expect(read(chunks).lines).toEqual(read([octets]).lines);
      }),
    );
  });
});
