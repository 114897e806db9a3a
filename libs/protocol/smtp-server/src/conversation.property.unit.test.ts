import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dialogue } from './testing/dialogue.ts';

describe('any octets', () => {
  const piece = fc.oneof(
    fc.constantFrom('MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\n', '\r\n.\r\n'),
    fc.constantFrom('EHLO a\r\n', 'MAIL FROM:<a@b.example>\r\n', 'RCPT TO:<c@d.example>\r\n', 'DATA\r\n', 'RSET\r\n'),
    fc.constantFrom(
      'a\r\n',
      '.\r\n',
      '\r\n',
      '\n.\n',
      '\r',
      '\n',
      '\0',
      '..\r\n',
      'é',
      'NOOP\r\n',
      'FOO\r\n',
      'AUTH PLAIN\r\n',
    ),
    fc.uint8Array({ maxLength: 20 }).map((octets) => Buffer.from(octets).toString('latin1')),
  );

  it('however they are cut into segments, the replies and the messages are the same', async () => {
    const segments = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 25 }), segments, async (pieces, cuts) => {
        const octets = Buffer.from(pieces.join(''), 'latin1');
        const whole = await Dialogue.greeted();
        const heardWhole = await whole.octets(octets);
        const cut = await Dialogue.greeted();
        const heard = [];
        let at = 0;
        for (const size of cuts) heard.push(...(await cut.octets(octets.subarray(at, (at += size)))));
        heard.push(...(await cut.octets(octets.subarray(at))));
        expect(heard).toEqual(heardWhole);
        expect(cut.messages.map(({ content }) => content)).toEqual(whole.messages.map(({ content }) => content));
        expect([cut.faults, whole.faults]).toEqual([[], []]);
        for (const line of heard) expect(line).toMatch(/^[2-5]\d\d[ -][ -~]*$/);
      }),
      { numRuns: 300 },
    );
  });
});
