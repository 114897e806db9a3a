import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ContentSummary } from '../policy.ts';
import { ContentScanner } from './content-scanner.ts';

interface Outcome {
  content: string;
  rest: string | undefined;
  stray: boolean;
  summary?: ContentSummary;
}

function scan(chunks: readonly Buffer[]): Outcome {
  const scanner = new ContentScanner();
  let content = '';
  for (const [index, chunk] of chunks.entries()) {
    const result = scanner.push(Buffer.from(chunk));
    content += result.content?.toString('latin1') ?? '';
    if (!result.rest) continue;
    const rest = Buffer.concat([result.rest, ...chunks.slice(index + 1)]).toString('latin1');
    if (scanner.isStray) return { content: '', rest, stray: true };
    return { content, rest, stray: false, summary: scanner.summary };
  }
  return { content: scanner.isStray ? '' : content, rest: undefined, stray: scanner.isStray };
}

/** What RFC 5321 §4.1.1.4 and §4.5.2 say, octet by octet, without any care for speed. */
function reference(octets: string): Outcome {
  const end = `\r\n${octets}`.indexOf('\r\n.\r\n');
  const data = end === -1 ? octets : octets.slice(0, end);
  const stray = /\r(?!\n)|(?<!\r)\n|\0/.test(end === -1 ? data.replace(/\r$/, '') : data);
  const rest = end === -1 ? undefined : octets.slice(end + 3);
  if (stray) return { content: '', rest, stray };
  const withheld = end === -1 ? data.replace(/(^|\n)\.\r?$/, '$1') : data;
  const content = withheld.replace(/(^|\n)\./g, '$1');
  if (end === -1) return { content, rest, stray };
  const summary = {
    octets: content.length,
    longestLine: Math.max(0, ...content.split('\r\n').map((line) => line.length)),
    eightBit: content.replace(/[\0-\x7f]/g, '').length,
  };
  return { content, rest, stray, summary };
}

function cutUp(octets: Buffer, cuts: readonly number[]): Buffer[] {
  const chunks = [];
  let at = 0;
  for (const cut of cuts) chunks.push(octets.subarray(at, (at += cut)));
  return [...chunks, octets.subarray(at)];
}

describe('ContentScanner', () => {
  it.each([
    ['a line', 'a\r\n.\r\n', 'a\r\n'],
    ['nothing', '.\r\n', ''],
    ['empty lines', '\r\n\r\n.\r\n', '\r\n\r\n'],
    ['a stuffed dot', '..\r\n.\r\n', '.\r\n'],
    ['stuffed dots before text', '..a\r\n...\r\n.\r\n', '.a\r\n..\r\n'],
    ['a dot that was not stuffed', '.a\r\n.\r\n', 'a\r\n'],
    ['a dot inside a line', 'a.\r\n.\r\n', 'a.\r\n'],
    ['octets beyond ASCII', 'é\xff\r\n.\r\n', 'é\xff\r\n'],
  ])('reads %s', (_, octets, content) => {
    expect(scan([Buffer.from(octets, 'latin1')])).toMatchObject({ content, rest: '', stray: false });
  });

  it('counts octets, the longest line and octets with the eighth bit', () => {
    expect(scan([Buffer.from('..ab\r\ncdé\xff\r\n.\r\n', 'latin1')]).summary).toEqual({
      octets: 5 + 6,
      longestLine: 4,
      eightBit: 2,
    });
  });

  it('gives what follows the end back', () => {
    expect(scan([Buffer.from('a\r\n.\r\nMAIL FROM:<>\r\n')]).rest).toBe('MAIL FROM:<>\r\n');
  });

  const FALSE_ENDS = {
    'LF.LF': '\n.\n',
    'LF.CR': '\n.\r',
    'CR.LF': '\r.\n',
    'CR.CR': '\r.\r',
    'LF.CRLF': '\n.\r\n',
    'CR.CRLF': '\r.\r\n',
    'CRLF.LF': '\r\n.\n',
    'CRLF.CR': '\r\n.\r',
    'CRLF NUL.CRLF': '\r\n\0.\r\n',
    'CRLF.NUL CRLF': '\r\n.\0\r\n',
    'CRLF.CRCRLF': '\r\n.\r\r\n',
    'CRCRLF.CRCRLF': '\r\r\n.\r\r\n',
  };
  it.each(Object.entries(FALSE_ENDS))('%s is no end: the message is stray up to its true end', (_, falseEnd) => {
    const smuggled = 'MAIL FROM:<evil@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\nevil\r\n.\r\n';
    const octets = Buffer.from(`Subject: a\r\n\r\nhello${falseEnd}${smuggled}QUIT\r\n`);
    for (const cuts of [[], Array<number>(octets.length).fill(1), [31, 1, 1], [30, 3]]) {
      expect(scan(cutUp(octets, cuts))).toEqual({ content: '', rest: 'QUIT\r\n', stray: true });
    }
  });

  it('a NUL behind the end does not make the content stray', () => {
    expect(scan([Buffer.from('a\r\n.\r\n\0')])).toMatchObject({ content: 'a\r\n', rest: '\0', stray: false });
  });

  it('gives nothing out any more once told to discard, and still finds the end', () => {
    const scanner = new ContentScanner();
    scanner.push(Buffer.from('a\r\n.'));
    scanner.discard();
    expect(scanner.push(Buffer.from('.b\r\n'))).toEqual({ content: undefined, rest: undefined });
    expect(scanner.push(Buffer.from('.\r\nQUIT'))).toEqual({ content: undefined, rest: Buffer.from('QUIT') });
  });

  it('whatever the octets and however they are cut, reads what the standard says', () => {
    const piece = fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom('\r\n', '.', '\r\n.', 'a', 'abc', '\r\n..', 'é') },
      { weight: 1, arbitrary: fc.constantFrom('\r', '\n', '\0', '\r\n.\r\n') },
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.array(fc.integer({ min: 1, max: 7 })), (pieces, cuts) => {
        const octets = Buffer.from(pieces.join(''), 'latin1');
        expect(scan(cutUp(octets, cuts))).toEqual(reference(octets.toString('latin1')));
      }),
      { numRuns: 2000 },
    );
  });
});
