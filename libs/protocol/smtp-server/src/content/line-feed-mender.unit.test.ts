import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { LineFeedMender } from './line-feed-mender.ts';
import { MendingScanner } from './mending-scanner.ts';

/** What the scanner makes of mail data that comes in such pieces: content, and what is left for commands. */
function scanned(
  text: string,
  pieceOctets = text.length,
): { content: string; rest: string | undefined; stray: boolean } {
  const scanner = new MendingScanner();
  const all = Buffer.from(text, 'latin1');
  let content = '';
  for (let at = 0; at < all.length; at += pieceOctets) {
    const scan = scanner.push(Buffer.from(all.subarray(at, at + pieceOctets)));
    content += scan.content?.toString('latin1') ?? '';
    if (scan.rest) {
      const rest = scan.rest.toString('latin1') + all.toString('latin1', at + pieceOctets);
      return { content, rest, stray: scanner.isStray };
    }
  }
  return { content, rest: undefined, stray: scanner.isStray };
}

it.each([
  ['a\nb\r\n.\r\n', 'a\r\nb\r\n'],
  ['a\n\nb\n\r\n.\r\n', 'a\r\n\r\nb\r\n\r\n'],
  ['..a\n..b\r\n..c\r\n.\r\n', '.a\r\n.b\r\n.c\r\n'],
  ['a\n.b\r\n.\r\n', 'a\r\n.b\r\n'],
  ['a\r\nb\r\n.\r\n', 'a\r\nb\r\n'],
  ['.\r\n', ''],
])('%j is the content %j, however it comes', (given, content) => {
  for (let pieces = 1; pieces <= given.length; pieces += 1)
    expect(scanned(`${given}QUIT\r\n`, pieces)).toEqual({ content, rest: 'QUIT\r\n', stray: false });
});

it.each(['\n.\n', '\n.\r\n', '\r\n.\n', '\n.\n\r\n', '\n\n.\r\n'])(
  '%j ends no mail data, and is content',
  (between) => {
    const smuggled = 'MAIL FROM:<evil@b.example>\r\n';
    for (let pieces = 1; pieces < 12; pieces += 1) {
      const { content, rest } = scanned(`a${between}${smuggled}\r\n.\r\nNOOP\r\n`, pieces);
      expect(rest).toBe('NOOP\r\n');
      expect(content).toContain(smuggled);
      expect(content).toMatch(/\r\n\.\r\n/);
      expect(content).not.toMatch(/(?<!\r)\n/);
    }
  },
);

it.each(['\r.\r\n', '\r\n.\r', '\r\n\0.\r\n', 'a\rb'])('%j is refused here too', (between) => {
  const { stray, rest } = scanned(`a${between}MAIL FROM:<evil@b.example>\r\n\r\n.\r\nNOOP\r\n`);
  expect({ stray, rest }).toEqual({ stray: true, rest: 'NOOP\r\n' });
});

test('what has no bare line feed is not changed', () => {
  const line = fc.string({ unit: fc.constantFrom('a', '.', '..', ' ', '\x80'), maxLength: 5 });
  fc.assert(
    fc.property(fc.array(line), fc.integer({ min: 1, max: 9 }), (lines, pieceOctets) => {
      const given = Buffer.from(lines.map((each) => `x${each}\r\n`).join(''), 'latin1');
      const mender = new LineFeedMender();
      const out: Buffer[] = [];
      for (let at = 0; at < given.length; at += pieceOctets)
        out.push(mender.push(given.subarray(at, at + pieceOctets)).octets);
      expect(Buffer.concat(out)).toEqual(given);
    }),
  );
});

test('whatever comes in, in whatever pieces, mail data end at the first dot between two true CRLFs', () => {
  const octets = fc.array(fc.constantFrom('\r\n', '\n', '\r', '.', 'a', '\r\n.\r\n'), { maxLength: 30 });
  fc.assert(
    fc.property(octets, fc.integer({ min: 1, max: 7 }), (parts, pieceOctets) => {
      const given = parts.join('');
      const [end] = /^\.\r\n|\r\n\.\r\n/.exec(given) ?? [];
      const at = end === undefined ? undefined : given.search(/^\.\r\n|\r\n\.\r\n/) + end.length;
      expect(scanned(given, pieceOctets).rest).toBe(at === undefined ? undefined : given.slice(at));
    }),
  );
});
