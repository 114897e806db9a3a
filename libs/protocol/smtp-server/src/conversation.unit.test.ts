import { replies, reply } from '@postern/smtp';
import { describe, expect, it } from 'vitest';
import { refused, type ContentSink } from './policy.ts';
import { Dialogue, settled } from './testing/dialogue.ts';

const code = (lines: readonly string[]): string => lines.map((line) => line.slice(0, 9)).join('|');
const ENVELOPE = ['MAIL FROM:<a@b.example>', 'RCPT TO:<c@d.example>', 'DATA'];

describe('lines', () => {
  it.each([
    ['a bare CR', 'MAIL FROM:<a@b.example>\rRCPT TO:<c@d.example>\r\n'],
    ['a bare LF', 'MAIL FROM:<a@b.example>\nRCPT TO:<c@d.example>\r\n'],
    ['a NUL', 'MAIL FROM:<a@b.example>\0\r\n'],
    ['octets that are no UTF-8', 'MAIL FROM:<\xff@b.example>\r\n'],
  ])('%s in a command is one error, never two commands', async (_, octets) => {
    const dialogue = await Dialogue.greeted();
    expect(code(await dialogue.octets(octets))).toBe('500 5.5.2');
    expect(code(await dialogue.say('RCPT TO:<c@d.example>'))).toBe('503 5.5.1');
  });

  it('a command has at most 2048 octets, and a longer one is never cut in two', async () => {
    const dialogue = await Dialogue.greeted();
    expect(code(await dialogue.say(`NOOP ${'a'.repeat(2041)}`))).toBe('250 2.0.0');
    expect(code(await dialogue.say(`NOOP ${'a'.repeat(2042)}`))).toBe('500 5.5.2');
    expect(code(await dialogue.say(`NOOP ${'\xc3\xbc'.repeat(1100)}`))).toBe('500 5.5.2');
    expect(code(await dialogue.say('a'.repeat(50_000), 'NOOP'))).toBe('500 5.5.2|250 2.0.0');
  });

  it('a command line without end closes the session', async () => {
    const dialogue = await Dialogue.greeted();
    for (let chunk = 0; chunk < 3; chunk++) await dialogue.octets('a'.repeat(60_000));
    expect([code(dialogue.lines()), dialogue.closed]).toEqual(['421 4.5.2', true]);
  });

  it('a sender that waits behind a bare LF is known', async () => {
    const dialogue = await Dialogue.greeted();
    await dialogue.octets('NOOP\n');
    expect(dialogue.conversation.hasBareLineFeed).toBe(true);
    dialogue.conversation.happen({ kind: 'bare-line-feed' });
    expect([code(dialogue.lines()), dialogue.closed]).toEqual(['500 5.5.2', true]);
  });
});

describe('counts', () => {
  it.each([
    ['the 20th error', 'FOO', 20],
    ['the 101st NOOP', 'NOOP', 100],
    ['the 101st RSET', 'RSET', 100],
    ['the 101st VRFY', 'VRFY a', 100],
    ['the 101st EHLO', 'EHLO a', 100],
  ])('%s ends the session with 421 4.7.0', async (_, line, count) => {
    const dialogue = await Dialogue.greeted();
    const heard = await dialogue.say(...Array<string>(300).fill(line));
    expect(heard.at(-1)?.slice(0, 9)).toBe('421 4.7.0');
    expect(heard.filter((each) => each[3] === ' ').length).toBe(count);
    expect(dialogue.closed).toBe(true);
  });

  it('a message accepted begins the counts anew', async () => {
    const dialogue = await Dialogue.greeted();
    for (let round = 0; round < 3; round++) {
      await dialogue.say(...Array<string>(90).fill('NOOP'), ...Array<string>(19).fill('FOO'));
      await dialogue.say(...ENVELOPE);
      await dialogue.say('a', '.');
    }
    expect([dialogue.messages.length, dialogue.closed]).toEqual([3, false]);
  });

  it('recipients beyond the limit hear 452 4.5.3, and those before it get the message', async () => {
    const dialogue = await Dialogue.greeted({ limits: { maxRecipients: 100 } });
    await dialogue.say('MAIL FROM:<>');
    const heard = await dialogue.say(...Array.from({ length: 1000 }, (_, index) => `RCPT TO:<a${index}@b.example>`));
    expect(heard.filter((line) => line.startsWith('250 2.1.5')).length).toBe(100);
    expect(heard.filter((line) => line.startsWith('452 4.5.3')).length).toBe(900);
    await dialogue.say('DATA', 'a', '.');
    expect(dialogue.messages[0]?.transaction.recipients.length).toBe(100);
  });

  it('recipients that the policy refuses do not end the session', async () => {
    const dialogue = await Dialogue.greeted({ policy: { rcpt: () => refused(reply(550, '5.1.1', 'no')) } });
    await dialogue.say('MAIL FROM:<>');
    expect(await dialogue.say(...Array<string>(50).fill('RCPT TO:<a@b.example>'))).toHaveLength(50);
    expect(dialogue.closed).toBe(false);
  });
});

describe('content', () => {
  it('over the limit: 552 5.3.4 behind its end, and nothing in it is a command', async () => {
    const dialogue = await Dialogue.greeted({ limits: { maxMessageOctets: 1000 } });
    await dialogue.say(...ENVELOPE);
    expect(code(await dialogue.say('a'.repeat(2000), 'MAIL FROM:<>', '.', 'NOOP'))).toBe('552 5.3.4|250 2.0.0');
    expect([dialogue.messages.length, dialogue.aborts]).toEqual([0, ['too-big']]);
  });

  it('far beyond the limit without an end: closed', async () => {
    const dialogue = await Dialogue.greeted({ limits: { maxMessageOctets: 1000 } });
    await dialogue.say(...ENVELOPE);
    for (let chunk = 0; chunk < 4; chunk++) expect(await dialogue.octets('a'.repeat(5000))).toEqual([]);
    expect(code(await dialogue.octets('a'.repeat(5000)))).toBe('421 4.7.0');
  });

  it('with a stray octet: 554 5.6.0 behind its end, nothing taken', async () => {
    const dialogue = await Dialogue.greeted();
    await dialogue.say(...ENVELOPE);
    expect(code(await dialogue.octets('a\n.\nMAIL FROM:<>\r\n.\r\nNOOP\r\n'))).toBe('554 5.6.0|250 2.0.0');
    expect([dialogue.messages.length, dialogue.aborts]).toEqual([0, ['stray-octet']]);
  });

  it('commands behind the end wait for the reply of the sink', async () => {
    let commit: () => void = () => undefined;
    const committed = new Promise<void>((resolve) => (commit = resolve));
    const sink: ContentSink = {
      write: () => undefined,
      end: () => committed.then(() => replies.ok),
      abort: () => undefined,
    };
    const dialogue = await Dialogue.greeted({ policy: { content: () => ({ kind: 'accepted', sink }) } });
    await dialogue.say(...ENVELOPE);
    expect(await dialogue.say('a', '.', 'NOOP', 'QUIT')).toEqual([]);
    commit();
    await settled();
    expect(code(dialogue.lines())).toBe('250 2.0.0|250 2.0.0|221 2.0.0');
  });

  it('a sink that is slow is not hurried', async () => {
    const written: string[] = [];
    let open = 0;
    const sink: ContentSink = {
      write: async (chunk) => {
        expect(++open).toBe(1);
        await settled();
        written.push(chunk.toString());
        open--;
      },
      end: () => Promise.resolve(replies.ok),
      abort: () => undefined,
    };
    const dialogue = await Dialogue.greeted({ policy: { content: () => ({ kind: 'accepted', sink }) } });
    await dialogue.say(...ENVELOPE);
    dialogue.sent = '';
    for (const piece of ['a\r\n', 'b\r\n', 'c\r\n.\r', '\nNOOP\r\n']) dialogue.conversation.octets(Buffer.from(piece));
    for (let turn = 0; turn < 10; turn++) await settled();
    expect(written.join('')).toBe('a\r\nb\r\nc\r\n');
    expect(code(dialogue.lines())).toBe('250 2.0.0|250 2.0.0');
  });
});

describe('the end of a session', () => {
  it('a policy that fails decides nothing, and the session goes on', async () => {
    const dialogue = await Dialogue.greeted({
      policy: {
        mail: () => {
          throw new Error('away');
        },
      },
    });
    expect(code(await dialogue.say('MAIL FROM:<>', 'RCPT TO:<a@b.example>', 'NOOP'))).toBe(
      '451 4.3.0|503 5.5.1|250 2.0.0',
    );
    expect(dialogue.faults).toHaveLength(1);
  });

  it('ended from outside, the client hears why, and content is dropped', async () => {
    const dialogue = await Dialogue.greeted();
    await dialogue.say(...ENVELOPE);
    await dialogue.octets('a\r\n');
    dialogue.conversation.session.client.session.end(replies.sessionEnded);
    expect([code(dialogue.lines()), dialogue.closed, dialogue.aborts]).toEqual(['421 4.7.0', true, ['disconnected']]);
    expect(await dialogue.say('.', 'NOOP')).toEqual([]);
  });

  it('ended from outside while its message is being stored, the client hears of the message first', async () => {
    let commit: () => void = () => undefined;
    const committed = new Promise<void>((resolve) => (commit = resolve));
    const sink: ContentSink = {
      write: () => undefined,
      end: () => committed.then(() => replies.ok),
      abort: () => undefined,
    };
    const dialogue = await Dialogue.greeted({ policy: { content: () => ({ kind: 'accepted', sink }) } });
    await dialogue.say(...ENVELOPE);
    await dialogue.say('a', '.');
    dialogue.conversation.session.client.session.end(replies.sessionEnded);
    expect(dialogue.lines()).toEqual([]);
    commit();
    await settled();
    expect(code(dialogue.lines())).toBe('250 2.0.0|421 4.7.0');
  });

  it('when we close, an idle session ends at once, and an open transaction is finished first', async () => {
    const idle = await Dialogue.greeted();
    idle.conversation.happen({ kind: 'drain' });
    expect([idle.lines().at(-1)?.slice(0, 9), idle.closed]).toEqual(['421 4.3.2', true]);

    const open = await Dialogue.greeted();
    await open.say('MAIL FROM:<a@b.example>');
    open.conversation.happen({ kind: 'drain' });
    expect(code(await open.say('RCPT TO:<c@d.example>', 'DATA'))).toBe('250 2.1.5|354 Start');
    expect(code(await open.say('a', '.', 'MAIL FROM:<>'))).toBe('250 2.0.0|421 4.3.2');
    expect([open.closed, open.messages.length]).toEqual([true, 1]);
  });

  it('a client that leaves before its sink was opened leaves no sink open', async () => {
    let open: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const aborted: string[] = [];
    const sink: ContentSink = {
      write: () => undefined,
      end: async () => replies.ok,
      abort: (reason) => void aborted.push(reason),
    };
    const dialogue = await Dialogue.greeted({
      policy: { content: () => opened.then(() => ({ kind: 'accepted', sink }) as const) },
    });
    await dialogue.say(...ENVELOPE);
    dialogue.conversation.disconnected();
    open();
    await settled();
    expect([aborted, dialogue.ended]).toEqual([['disconnected'], 1]);
  });
});
