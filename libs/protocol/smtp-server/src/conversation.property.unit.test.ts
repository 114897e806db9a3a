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

  const word = fc.oneof(
    fc.constantFrom(
      '<a@b.example>',
      '<>',
      'FROM:<a@b.example>',
      'TO:<c@d.example>',
      'SIZE=1',
      'SMTPUTF8',
      'REQUIRETLS',
    ),
    fc.constantFrom(
      'NOTIFY=NEVER',
      'ORCPT=rfc822;a+40b',
      'ENVID=+0A',
      'BY=1;R',
      'HOLDFOR=9',
      'MT-PRIORITY=9',
      'RET=FULL',
    ),
    fc.string({ maxLength: 30, unit: 'grapheme' }),
  );
  const verb = fc.constantFrom(
    'EHLO',
    'HELO',
    'MAIL',
    'RCPT',
    'RSET',
    'NOOP',
    'VRFY',
    'HELP',
    'EXPN',
    'BDAT',
    'XFOO',
    '',
  );
  const command = fc
    .tuple(verb, fc.array(word, { maxLength: 4 }))
    .map(([first, words]) => [first, ...words].join(' ').replaceAll(/[\r\n]/g, ''));

  it('every command has one reply, in its order, whatever its arguments and however it is cut into segments', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 15 }), fc.integer({ min: 1, max: 7 }), async (commands, size) => {
        const octets = Buffer.from(commands.map((each) => `${each}\r\n`).join(''));
        const dialogue = await Dialogue.greeted({ tls: 'active' });
        const heard: string[] = [];
        for (let at = 0; at < octets.length; at += size)
          heard.push(...(await dialogue.octets(octets.subarray(at, at + size))));
        const replies = heard.filter((line) => line[3] === ' ');
        expect(replies.length).toBe(dialogue.closed ? Math.min(replies.length, commands.length) : commands.length);
        // Each command alone, behind what came before it, hears what it heard in the stream.
        const slowly = await Dialogue.greeted({ tls: 'active' });
        const one = [];
        for (const each of commands) one.push(...(await slowly.octets(Buffer.from(`${each}\r\n`))));
        expect(heard.map(withoutTime)).toEqual(one.map(withoutTime));
        expect(dialogue.faults).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('a client that never ends a line, or never stops to send, is not given memory for it', async () => {
    const dialogue = await Dialogue.greeted();
    const before = process.memoryUsage().arrayBuffers;
    for (let sent = 0; sent < 200 && !dialogue.closed; sent += 1) await dialogue.octets(Buffer.alloc(64 * 1024, 0x61));
    expect(dialogue.closed).toBe(true);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024);
  });
});

/** EHLO says until when a message may be held: by the clock. */
function withoutTime(line: string): string {
  return line.replace(/\d{4}-\d\d-\d\dT[\d:]+Z/, 'then');
}
