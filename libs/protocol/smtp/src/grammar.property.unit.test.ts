import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDomain } from './domain.ts';
import { parseMailbox } from './mailbox.ts';
import { parseParameters } from './parameters.ts';
import { parseForwardPath, parseReversePath, readForwardPath, readReversePath } from './path.ts';

/** Text as attackers write it: pieces that mean something, in any order, and any characters between them. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<',
        '>',
        '@',
        '"',
        '\\',
        ':',
        ',',
        '.',
        '..',
        '[',
        ']',
        '[IPv6:',
        '127.0.0.1',
        '%',
        '!',
        ' ',
        '\t',
      ),
      fc.constantFrom(
        'a',
        'b.example',
        'xn--',
        'xn--bcher-kva',
        'ü',
        '\u0000',
        '\r\n',
        '\u202e',
        '\ud800',
        'Postmaster',
        '=',
        '+0D',
      ),
      fc.string({ maxLength: 12, unit: 'binary' }),
    ),
    { maxLength: 24 },
  )
  .map((pieces) => pieces.join(''));

/** What no command, header field or log line may carry. */
// oxlint-disable-next-line no-control-regex -- control characters are what it is about
const CONTROLS = /[\u0000-\u001f\u007f]/;

describe('the grammar, given anything', () => {
  for (const smtpUtf8 of [false, true]) {
    it(`takes only paths that can be said again and mean the same (SMTPUTF8: ${smtpUtf8})`, () => {
      fc.assert(
        fc.property(hostile, (text) => {
          for (const [read, parse] of [
            [readReversePath, parseReversePath],
            [readForwardPath, parseForwardPath],
          ] as const) {
            const { path } = read(`<${text}>`, { smtpUtf8 });
            if (!path) continue;
            expect(path.text).not.toMatch(CONTROLS);
            expect(Buffer.byteLength(path.text)).toBeLessThanOrEqual(320);
            expect(parse(`<${path.text}>`, { smtpUtf8 })?.text).toBe(path.text);
            expect(text.isWellFormed() || path.text.isWellFormed()).toBe(true);
          }
        }),
        { numRuns: 2_000 },
      );
    });
  }

  it('takes only mailboxes of one domain, the right-most', () => {
    fc.assert(
      fc.property(hostile, hostile, (left, right) => {
        const mailbox = parseMailbox(`${left}@${right}`, { smtpUtf8: true });
        if (!mailbox) return;
        expect(mailbox.text.endsWith(`@${mailbox.domain}`)).toBe(true);
        expect(mailbox.domain).not.toMatch(/[@\s<>"\\]/);
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes only domains that are canonical when they are read again', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const domain = parseDomain(text);
        if (domain === undefined) return;
        expect(parseDomain(domain)).toBe(domain);
        expect(domain).toMatch(/^[a-z0-9.-]{1,253}$/);
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes only parameters whose values are one word, each keyword once', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const parameters = parseParameters(` ${text}`);
        for (const [keyword, value] of parameters ?? []) {
          expect(keyword).toMatch(/^[A-Z0-9][A-Z0-9-]*$/);
          if (value !== undefined) expect(value).not.toMatch(/[\s=\u0000-\u001f\u007f]/);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
