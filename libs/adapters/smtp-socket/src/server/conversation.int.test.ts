import { replies } from '@postern/smtp';
import { refused, type ContentSink } from '@postern/smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { listening, type Listening } from './testing/listening.ts';
import { RawClient } from './testing/raw-client.ts';

let open: Listening[] = [];
async function start(...options: Parameters<typeof listening>): Promise<Listening> {
  const started = await listening(...options);
  open.push(started);
  return started;
}
afterEach(async () => {
  await Promise.all(open.map(({ listener }) => listener.close(0)));
  open = [];
});

describe('a message', () => {
  it('comes in whole, octet for octet, over one connection after another and over one for several', async () => {
    const { port, messages } = await start();
    const content = Buffer.from('Subject: a\r\n\r\n.dot\r\n\r\n\xe9\xff\r\n', 'latin1');
    const wire = content.toString('latin1').replace(/^\./gm, '..');
    for (let connection = 0; connection < 2; connection++) {
      const client = await RawClient.greeted(port);
      for (let message = 0; message < 3; message++) {
        expect(await client.say('MAIL FROM:<a@b.example> BODY=8BITMIME')).toMatch(/^250 2\.1\.0/);
        expect(await client.say('RCPT TO:<c@d.example>')).toMatch(/^250 2\.1\.5/);
        expect(await client.say('DATA')).toMatch(/^354 /);
        client.send(wire);
        expect(await client.say('.')).toMatch(/^250 2\.0\.0/);
      }
      expect(await client.say('QUIT')).toMatch(/^221 /);
      expect(await client.rest()).toBe('');
    }
    expect(messages.map((message) => message.content.equals(content))).toEqual(Array(6).fill(true));
    expect(messages[0]?.transaction.client).toMatchObject({
      address: '127.0.0.1',
      listener: 'relay',
      name: 'client.example',
    });
  });

  it('of 20 MB comes in in chunks that wait for the sink', async () => {
    let octets = 0;
    let writing = 0;
    const sink: ContentSink = {
      write: async (chunk) => {
        expect(++writing).toBe(1);
        await new Promise((resolve) => setImmediate(resolve));
        octets += chunk.length;
        writing--;
      },
      end: () => Promise.resolve(replies.ok),
      abort: () => undefined,
    };
    const { port } = await start({ policy: { content: () => ({ kind: 'accepted', sink }) } });
    const client = await RawClient.greeted(port);
    client.send('MAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\nDATA\r\n');
    for (let reply = 0; reply < 3; reply++) await client.reply();
    const megabyte = Buffer.from(`${'x'.repeat(62)}\r\n`.repeat(16_384));
    for (let count = 0; count < 20; count++) await client.sent(megabyte);
    expect(await client.say('.')).toMatch(/^250 /);
    expect(octets).toBe(20 * megabyte.length);
  });

  it('whose client leaves right behind the dot is kept', async () => {
    const { port, messages } = await start();
    const client = await RawClient.greeted(port);
    await client.say('MAIL FROM:<>');
    await client.say('RCPT TO:<a@b.example>');
    await client.say('DATA');
    client.send('a\r\n.\r\n');
    client.finish();
    expect(await client.rest()).toMatch(/^250 2\.0\.0/);
    expect(messages).toHaveLength(1);
  });

  it('whose client leaves before the dot is dropped', async () => {
    const { port, messages, aborts, observed } = await start();
    const client = await RawClient.greeted(port);
    await client.say('MAIL FROM:<>');
    await client.say('RCPT TO:<a@b.example>');
    await client.say('DATA');
    client.send('a\r\n');
    client.destroy();
    await expect.poll(() => observed.some(({ kind }) => kind === 'ended')).toBe(true);
    expect([messages, aborts]).toEqual([[], ['disconnected']]);
  });
});

describe('PIPELINING', () => {
  it('an envelope in one segment, then content with the next envelope in one segment', async () => {
    const { port, messages } = await start();
    const client = await RawClient.greeted(port);
    client.send('MAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\nDATA\r\n');
    const heard = [await client.reply(), await client.reply(), await client.reply()];
    client.send('a\r\n.\r\nMAIL FROM:<>\r\nQUIT\r\n');
    heard.push(await client.reply(), await client.reply(), await client.reply());
    expect(heard.map((reply) => reply.slice(0, 3))).toEqual(['250', '250', '354', '250', '250', '221']);
    expect(messages).toHaveLength(1);
  });

  it('one octet at a time is the same', async () => {
    const { port, messages } = await start();
    const client = await RawClient.greeted(port);
    for (const octet of 'MAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\nDATA\r\n') await client.sent(Buffer.from(octet));
    const heard = [await client.reply(), await client.reply(), await client.reply()];
    for (const octet of '..a\r\n.\r\nQUIT\r\n') await client.sent(Buffer.from(octet));
    heard.push(await client.reply(), await client.reply());
    expect(heard.map((reply) => reply.slice(0, 3))).toEqual(['250', '250', '354', '250', '221']);
    expect(messages[0]?.content.toString()).toBe('.a\r\n');
  });
});

const FALSE_ENDS = [
  '\n.\n',
  '\n.\r',
  '\r.\n',
  '\r.\r',
  '\n.\r\n',
  '\r.\r\n',
  '\r\n.\n',
  '\r\n.\r',
  '\r\n\0.\r\n',
  '\r\n.\0\r\n',
  '\r\n.\r\r\n',
  '\r\r\n.\r\r\n',
];
describe('SMTP smuggling', () => {
  it.each(FALSE_ENDS)('%j ends no content: one 554, no message, no reply to what was smuggled', async (falseEnd) => {
    const { port, messages } = await start();
    const client = await RawClient.greeted(port);
    await client.say('MAIL FROM:<a@b.example>');
    await client.say('RCPT TO:<c@d.example>');
    await client.say('DATA');
    client.send(
      `Subject: a\r\n\r\nhello${falseEnd}MAIL FROM:<evil@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\nevil\r\n.\r\nQUIT\r\n`,
    );
    expect(await client.rest()).toMatch(/^554 5\.6\.0 [^\r]*\r\n221 2\.0\.0 [^\r]*\r\n$/);
    expect(messages).toEqual([]);
  });
});

describe('faults', () => {
  it('a client that resets at any moment is nobody else\u2019s trouble', async () => {
    const { port, observed } = await start();
    const steps = [
      'EHLO a\r\n',
      'MAIL FROM:<>\r\n',
      'RCPT TO:<a@b.example>\r\n',
      'DATA\r\n',
      'a\r\n',
      '.\r\n',
      'STARTTLS\r\n',
    ];
    for (let count = 0; count <= steps.length; count++) {
      const client = await RawClient.connect(port);
      client.send(steps.slice(0, count).join(''));
      client.destroy();
    }
    await expect.poll(() => observed.filter(({ kind }) => kind === 'ended').length).toBe(steps.length + 1);
    const client = await RawClient.greeted(port);
    expect(await client.say('NOOP')).toMatch(/^250 /);
    client.destroy();
  });

  it('a policy that throws is logged without a secret, and answered with 4yz', async () => {
    const { port, logged } = await start({
      kind: 'submission',
      policy: {
        authenticate: () => {
          throw new Error('store away');
        },
      },
    });
    const client = await RawClient.greeted(port);
    await client.say('STARTTLS');
    await client.startTls();
    await client.say('EHLO a');
    const response = Buffer.from('\0app1\0hunter2').toString('base64');
    expect(await client.say(`AUTH PLAIN ${response}`)).toMatch(/^454 4\.7\.0/);
    expect(logged.some(({ event }) => event === 'policy or sink failed')).toBe(true);
    expect(JSON.stringify(logged)).not.toMatch(new RegExp(`hunter2|${response}`));
    client.destroy();
  });

  it('a client that the policy refuses hears why', async () => {
    const { port } = await start({ policy: { connected: () => refused(replies.notPermitted) } });
    const client = await RawClient.connect(port);
    expect(await client.rest()).toMatch(/^550 5\.7\.1 /);
  });
});
