import { replies } from '@postern/smtp';
import { describe, expect, it } from 'vitest';
import { refused } from '../policy.ts';
import { Dialogue, settled } from '../testing/dialogue.ts';

const code = (lines: readonly string[]): string => lines.map((line) => line.slice(0, 9)).join('|');

describe('a mail transaction', () => {
  it('goes from MAIL to the reply of the sink', async () => {
    const dialogue = await Dialogue.greeted();
    expect(code(await dialogue.say('MAIL FROM:<a@b.example>'))).toBe('250 2.1.0');
    expect(code(await dialogue.say('RCPT TO:<c@d.example>', 'RCPT TO:<e@f.example>'))).toBe('250 2.1.5|250 2.1.5');
    expect(code(await dialogue.say('DATA'))).toBe('354 Start');
    expect(await dialogue.say('Subject: a', '', '..b', '.')).toEqual(['250 2.0.0 OK: accepted as 1']);
    const [message] = dialogue.messages;
    expect(message?.content).toBe('Subject: a\r\n\r\n.b\r\n');
    expect(message?.transaction.reversePath.text).toBe('a@b.example');
    expect(message?.transaction.recipients.map(({ forwardPath }) => forwardPath.text)).toEqual([
      'c@d.example',
      'e@f.example',
    ]);
    expect(message?.summary).toEqual({ octets: 18, longestLine: 10, eightBit: 0 });
  });

  it('replies in the order of a pipelined group, and goes on behind the content', async () => {
    const dialogue = await Dialogue.greeted();
    const group = ['MAIL FROM:<a@b.example>', 'RCPT TO:<c@d.example>', 'RCPT TO:<bad>', 'DATA'];
    expect(code(await dialogue.say(...group))).toBe('250 2.1.0|250 2.1.5|501 5.1.3|354 Start');
    const next = ['a', '.', 'MAIL FROM:<>', 'RCPT TO:<c@d.example>', 'QUIT'];
    expect(code(await dialogue.say(...next))).toBe('250 2.0.0|250 2.1.0|250 2.1.5|221 2.0.0');
    expect([dialogue.messages.length, dialogue.closed]).toEqual([1, true]);
  });

  it('takes the null reverse-path, Postmaster, and a space behind the colon', async () => {
    const dialogue = await Dialogue.greeted();
    expect(code(await dialogue.say('MAIL FROM: <>', 'RCPT TO: <postmaster>'))).toBe('250 2.1.0|250 2.1.5');
  });

  it.each([
    ['MAIL', '501 5.5.4'],
    ['MAIL FROM', '501 5.5.4'],
    ['MAIL TO:<a@b.example>', '501 5.5.4'],
    ['MAIL FROM:', '501 5.1.7'],
    ['MAIL FROM:a@b.example', '501 5.1.7'],
    ['MAIL FROM:<a b@c.example>', '501 5.1.7'],
    ['MAIL FROM:<a@b.example>SIZE=1', '501 5.5.4'],
    ['MAIL FROM:<a@b.example> SIZE=1 SIZE=2', '501 5.5.4'],
    ['MAIL FROM:<a@b.example> SIZE=x', '501 5.5.4'],
    ['MAIL FROM:<a@b.example> SIZE', '501 5.5.4'],
    ['MAIL FROM:<a@b.example> SIZE=999999999999', '552 5.3.4'],
    ['MAIL FROM:<a@b.example> BODY=XX', '501 5.5.4'],
    ['MAIL FROM:<a@b.example> BODY=BINARYMIME', '501 5.5.4'],
    ['MAIL FROM:<a@b.example> FOO=1', '555 5.5.4'],
    ['MAIL FROM:<a@b.example> constructor=1', '555 5.5.4'],
    ['MAIL FROM:<a@b.example> AUTH=+0D+0A', '501 5.5.4'],
    ['MAIL FROM:<a@b.example> AUTH=+00', '501 5.5.4'],
    [`MAIL FROM:<${'a'.repeat(65)}@b.example>`, '501 5.1.7'],
    ['MAIL FROM:<\xc3\xbc@b.example>', '553 5.6.7'],
    ['MAIL FROM:<a@b\xc3\xbccher.example>', '553 5.6.7'],
    ['MAIL FROM:<\xfc@b.example>', '500 5.5.2'],
  ])('%s: %s, and no transaction is open', async (line, refusal) => {
    const dialogue = await Dialogue.greeted();
    expect(code(await dialogue.say(line))).toBe(refusal);
    expect(code(await dialogue.say('RCPT TO:<c@d.example>'))).toBe('503 5.5.1');
  });

  it.each(['SIZE=10 BODY=8BITMIME', 'body=7bit', 'AUTH=<>', 'AUTH=e+3Dmc2@b.example', 'SIZE=0'])(
    '%s is taken',
    async (parameters) => {
      const dialogue = await Dialogue.greeted();
      expect(code(await dialogue.say(`MAIL FROM:<a@b.example> ${parameters}`))).toBe('250 2.1.0');
    },
  );

  it('a client that said HELO has no parameters', async () => {
    const dialogue = await Dialogue.greeted();
    expect(code(await dialogue.say('HELO c', 'MAIL FROM:<a@b.example> SIZE=1'))).toBe('250 gw.ex|555 5.5.4');
  });

  it.each([
    ['RCPT TO:<>', '501 5.1.3'],
    ['RCPT TO:<a@b.example> FOO=1', '555 5.5.4'],
    ['RCPT FROM:<a@b.example>', '501 5.5.4'],
    ['RCPT TO:<a@b@c.example>', '501 5.1.3'],
    ['RCPT TO:<\xc3\xbc@b.example>', '553 5.6.7'],
  ])('%s: %s, and the transaction goes on', async (line, refusal) => {
    const dialogue = await Dialogue.greeted();
    await dialogue.say('MAIL FROM:<a@b.example>');
    expect(code(await dialogue.say(line, 'RCPT TO:<c@d.example>'))).toBe(`${refusal}|250 2.1.5`);
  });

  it('a source route leads nowhere but to the mailbox behind it', async () => {
    const dialogue = await Dialogue.greeted();
    await dialogue.say('MAIL FROM:<a@b.example>', 'RCPT TO:<@evil.example,@x.example:c@d.example>', 'DATA', 'a', '.');
    expect(dialogue.messages[0]?.transaction.recipients[0]?.forwardPath.text).toBe('c@d.example');
  });

  it.each([
    [['RCPT TO:<c@d.example>'], '503 5.5.1'],
    [['DATA'], '503 5.5.1'],
    [['MAIL FROM:<>', 'DATA'], '503 5.5.1'],
    [['MAIL FROM:<>', 'RCPT TO:<>', 'DATA'], '554 5.5.1'],
    [['MAIL FROM:<>', 'MAIL FROM:<>'], '503 5.5.1'],
    [['MAIL FROM:<>', 'RSET', 'RCPT TO:<c@d.example>'], '503 5.5.1'],
    [['MAIL FROM:<>', 'RCPT TO:<c@d.example>', 'RSET', 'DATA'], '503 5.5.1'],
    [['MAIL FROM:<>', 'RCPT TO:<c@d.example>', 'DATA now'], '501 5.5.4'],
    [['RSET now'], '501 5.5.4'],
    [['QUIT now'], '501 5.5.4'],
  ])('after %j the last command is out of order: %s', async (lines, refusal) => {
    const dialogue = await Dialogue.greeted();
    expect((await dialogue.say(...lines)).at(-1)?.slice(0, 9)).toBe(refusal);
  });

  it('MAIL before EHLO is out of order', async () => {
    const dialogue = new Dialogue();
    await settled();
    expect(code(await dialogue.say('MAIL FROM:<>'))).toBe('503 5.5.1');
  });

  const OUTCOMES: [string, Parameters<typeof Dialogue.greeted>[0], string][] = [
    ['accepted', {}, 'a'],
    [
      'refused by the sink',
      {
        policy: {
          content: () => ({
            kind: 'accepted',
            sink: { write: () => undefined, end: async () => replies.notPermitted, abort: () => undefined },
          }),
        },
      },
      'a',
    ],
    ['stray', {}, 'a\nb'],
    ['too big', { limits: { maxMessageOctets: 10 } }, 'a'.repeat(20)],
    [
      'lost to a sink that failed',
      {
        policy: {
          content: () => ({
            kind: 'accepted',
            sink: { write: () => undefined, end: () => Promise.reject(new Error('gone')), abort: () => undefined },
          }),
        },
      },
      'a',
    ],
    ['refused at DATA', { policy: { content: () => refused(replies.storageUnavailable) } }, ''],
  ];
  it.each(OUTCOMES)('after content that was %s, sender and recipients are forgotten', async (_, options, content) => {
    const dialogue = await Dialogue.greeted(options);
    const before = await dialogue.say('MAIL FROM:<a@b.example>', 'RCPT TO:<c@d.example>', 'DATA');
    if (before.at(-1)?.startsWith('354')) await dialogue.say(content, '.');
    expect(code(await dialogue.say('RCPT TO:<c@d.example>', 'DATA'))).toBe('503 5.5.1|503 5.5.1');
    expect(code(await dialogue.say('MAIL FROM:<a@b.example>'))).toBe('250 2.1.0');
  });
});
