import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReplyReader } from './reply-reader.ts';

function read(text: string | Buffer): ReturnType<ReplyReader['push']> {
  return new ReplyReader().push(Buffer.from(text));
}

describe('ReplyReader', () => {
  it('reads replies of one and of several lines', () => {
    expect(read('220 hi\r\n250-a\r\n250-b c\r\n250 d\r\n').replies).toEqual([
      { code: 220, lines: ['hi'] },
      { code: 250, lines: ['a', 'b c', 'd'] },
    ]);
  });

  it('takes the enhanced status code off each line that bears it', () => {
    expect(read('550-5.1.1 no such user\r\n550-see\r\n550 5.1.1 there\r\n').replies).toEqual([
      { code: 550, enhanced: '5.1.1', lines: ['no such user', 'see', 'there'] },
    ]);
  });

  it('an enhanced status code of another class than the reply code is text', () => {
    expect(read('550 4.1.1 hm\r\n').replies).toEqual([{ code: 550, lines: ['4.1.1 hm'] }]);
  });

  it.each(['250\r\n', '250 \r\n', '250 \n', '250\n'])('tolerates %j', (text) => {
    expect(read(text)).toEqual({ replies: [{ code: 250, lines: [''] }] });
  });

  it.each([
    ['250-a\r\n251 b\r\n', 'mixed-codes'],
    ['hello\r\n', 'malformed-line'],
    ['25 a\r\n', 'malformed-line'],
    ['2500 a\r\n', 'malformed-line'],
    ['150 a\r\n', 'malformed-line'],
    ['650 a\r\n', 'malformed-line'],
    ['250:a\r\n', 'malformed-line'],
    ['\r\n', 'malformed-line'],
    ['250-a\r\n'.repeat(257), 'too-many-lines'],
    ['250 ' + 'a'.repeat(5000), 'line-too-long'],
    ['250 ' + 'a'.repeat(5000) + '\r\n', 'line-too-long'],
  ])('%j is a protocol fault', (text, fault) => {
    expect(read(text).fault).toBe(fault);
  });

  it('reads nothing after a fault, and keeps what came before it', () => {
    const reader = new ReplyReader();
    expect(reader.push(Buffer.from('220 a\r\nnonsense\r\n250 b\r\n'))).toEqual({
      replies: [{ code: 220, lines: ['a'] }],
      fault: 'malformed-line',
    });
    expect(reader.push(Buffer.from('250 b\r\n'))).toEqual({ replies: [], fault: 'malformed-line' });
  });

  it('shows control characters as question marks', () => {
    expect(read('550 a\rb\x1b[31mc\0\r\n').replies).toEqual([{ code: 550, lines: ['a?b?[31mc?'] }]);
  });

  it('knows when a reply has begun and not ended', () => {
    const reader = new ReplyReader();
    reader.push(Buffer.from('250-a\r\n'));
    expect(reader.unfinished).toBe(true);
    reader.push(Buffer.from('250 b\r\n'));
    expect(reader.unfinished).toBe(false);
    reader.push(Buffer.from('2'));
    expect(reader.unfinished).toBe(true);
  });

  it('the way octets are cut into chunks changes nothing, whatever they are', () => {
    const piece = fc.oneof(
      fc.constantFrom('250', '550', ' ', '-', '5.1.1 ', 'text', '\r\n', '\n', '\r', 'ü'),
      fc.string({ unit: 'binary', maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(piece), fc.array(fc.nat(20)), (pieces, cuts) => {
        const octets = Buffer.from(pieces.join(''));
        const whole = new ReplyReader().push(octets);
        const reader = new ReplyReader();
        const replies = [];
        let at = 0;
        let last = reader.push(Buffer.alloc(0));
        for (const cut of [...cuts, octets.length]) {
          last = reader.push(octets.subarray(at, at + cut));
          replies.push(...last.replies);
          at += cut;
        }
        expect({ ...last, replies }).toEqual(whole);
      }),
    );
  });
});
