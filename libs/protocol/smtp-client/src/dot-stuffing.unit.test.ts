import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DotStuffing } from './dot-stuffing.ts';

describe('dot-stuffing', () => {
  it.each([
    ['no dot', 'a\r\nb\r\n', 'a\r\nb\r\n.\r\n'],
    ['nothing at all', '', '.\r\n'],
    ['a dot at the very front', '.a\r\n', '..a\r\n.\r\n'],
    ['a lone dot', 'a\r\n.\r\nb\r\n', 'a\r\n..\r\nb\r\n.\r\n'],
    ['two dots', 'a\r\n..\r\n', 'a\r\n...\r\n.\r\n'],
    ['lines of dots', '.\r\n.\r\n.\r\n', '..\r\n..\r\n..\r\n.\r\n'],
    ['a last line without end', 'a\r\nb', 'a\r\nb\r\n.\r\n'],
    ['a dot as the last line without end', 'a\r\n.', 'a\r\n..\r\n.\r\n'],
    ['a dot behind a bare LF', 'a\n.b\r\n', 'a\n.b\r\n.\r\n'],
    ['a dot behind a bare CR', 'a\r.b\r\n', 'a\r.b\r\n.\r\n'],
    ['a bare CR at the end', 'a\r', 'a\r\r\n.\r\n'],
    ['a bare LF at the end', 'a\n', 'a\n\r\n.\r\n'],
    ['a dot inside a line', 'a.b\r\nc.\r\n', 'a.b\r\nc.\r\n.\r\n'],
  ])('%s', (_, content, wire) => {
    expect(stuffed([Buffer.from(content)])).toBe(wire);
  });

  it('does not depend on how the content was cut', () => {
    const pieces = fc.array(fc.constantFrom('\r', '\n', '.', '\r\n', '\r\n.', 'a', ''), { maxLength: 30 });
    fc.assert(
      fc.property(pieces, (chunks) => {
        const whole = chunks.join('');
        expect(stuffed(chunks.map((chunk) => Buffer.from(chunk)))).toBe(stuffed([Buffer.from(whole)]));
      }),
    );
  });

  it('is undone by the receiver, whatever the octets', () => {
    const octets = fc.array(fc.constantFrom('\r', '\n', '.', '\r\n', '\xff', 'a'), { maxLength: 40 });
    fc.assert(
      fc.property(octets, (parts) => {
        const content = parts.join('');
        const received = receive(stuffed([Buffer.from(content, 'latin1')]));
        expect(received).toBe(content === '' || content.endsWith('\r\n') ? content : `${content}\r\n`);
      }),
    );
  });
});

function stuffed(chunks: readonly Buffer[]): string {
  const stuffing = new DotStuffing();
  const slices = chunks.flatMap((chunk) => stuffing.push(chunk));
  return Buffer.concat([...slices, stuffing.end()]).toString('latin1');
}

/** What a strict receiver makes of it (RFC 5321 §4.5.2): it must end at the first lone dot, which must be the last octets. */
function receive(wire: string): string {
  let content = '';
  let rest = wire;
  for (;;) {
    const end = rest.indexOf('\r\n') + 2;
    const line = rest.slice(0, end);
    rest = rest.slice(end);
    if (line === '.\r\n') {
      expect(rest).toBe('');
      return content;
    }
    content += line.startsWith('.') ? line.slice(1) : line;
  }
}
