import { createConnection } from 'node:net';
import { replies } from '@postern/smtp';
import type { Client, ContentSink } from '@postern/smtp-server';
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

/** Sends an octet now and then until the server closes. */
function drip(client: RawClient, everyMs: number): void {
  const timer = setInterval(() => (client.closed ? clearInterval(timer) : client.send('a')), everyMs);
}

describe('slow clients', () => {
  it('a command line that drips in is ended by its deadline, however often it drips', async () => {
    const { port } = await start({ timeouts: { commandMs: 400 } });
    const client = await RawClient.greeted(port);
    drip(client, 20);
    expect(await client.rest()).toMatch(/^421 4\.4\.2 /);
  });

  it('an answer to a challenge of AUTH too', async () => {
    const { port } = await start({ kind: 'submissions', timeouts: { authenticationMs: 400 } });
    const client = await RawClient.greeted(port, { tls: true });
    await client.say('AUTH LOGIN');
    drip(client, 20);
    expect(await client.rest()).toMatch(/^421 4\.4\.2 /);
  });

  it('a TLS handshake too, from the first octet and behind STARTTLS', async () => {
    const implicit = await start({ kind: 'submissions', timeouts: { handshakeMs: 400 } });
    const first = await RawClient.connect(implicit.port);
    first.send('\x16\x03\x01\x40');
    expect(await first.rest()).toBe('');
    const { port } = await start({ timeouts: { handshakeMs: 400 } });
    const second = await RawClient.greeted(port);
    await second.say('STARTTLS');
    second.send('\x16');
    expect(await second.rest()).toBe('');
  });

  it('content that stops is ended, and content that drips below the least rate', async () => {
    for (const timeouts of [{ blockMs: 400 }, { contentGraceMs: 400, minContentOctetsPerSecond: 1000 }]) {
      const { port, aborts } = await start({ timeouts });
      const client = await RawClient.greeted(port);
      await client.say('MAIL FROM:<>');
      await client.say('RCPT TO:<a@b.example>');
      await client.say('DATA');
      if ('contentGraceMs' in timeouts) drip(client, 20);
      expect(await client.rest()).toMatch(/^421 4\.4\.2 /);
      expect(aborts).toEqual(['disconnected']);
    }
  });

  it('the time that our own policy and sink take is not the client\u2019s', async () => {
    const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 600));
    const sink: ContentSink = { write: pause, end: () => pause().then(() => replies.ok), abort: () => undefined };
    const { port } = await start({
      timeouts: { commandMs: 200, blockMs: 200, contentGraceMs: 200 },
      policy: { content: () => pause().then(() => ({ kind: 'accepted', sink }) as const) },
    });
    const client = await RawClient.greeted(port);
    client.send('MAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\nDATA\r\n');
    for (let reply = 0; reply < 3; reply++) await client.reply();
    client.send('a\r\n.\r\n');
    expect(await client.reply()).toMatch(/^250 2\.0\.0/);
    client.destroy();
  });

  it('a line with a bare LF hears that CRLF is missing, soon', async () => {
    const { port } = await start({ timeouts: { bareLineFeedMs: 200 } });
    const client = await RawClient.greeted(port);
    client.send('NOOP\n');
    expect(await client.rest()).toMatch(/^500 5\.5\.2 /);
  });

  it('a client that reads nothing cannot make us hold its replies', async () => {
    const { port, observed } = await start({ limits: { maxErrors: 1e9 }, timeouts: { blockMs: 500 } });
    const before = process.memoryUsage().rss;
    const deaf = createConnection({ host: '127.0.0.1', port });
    deaf.on('error', () => undefined);
    await new Promise((resolve) => deaf.once('data', resolve));
    deaf.pause();
    const flood = Buffer.from('FOO\r\n'.repeat(10_000));
    const timer = setInterval(() => void (deaf.writableLength < 1e6 && deaf.write(flood)), 1);
    await expect.poll(() => observed.at(-1), { timeout: 20_000 }).toMatchObject({ kind: 'ended', ending: 'timed-out' });
    clearInterval(timer);
    deaf.destroy();
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
  });
});

describe('too much', () => {
  it('a command line of 200 MiB costs no memory and ends with 421', async () => {
    const { port } = await start();
    const client = await RawClient.greeted(port);
    const before = process.memoryUsage().rss;
    const chunk = Buffer.alloc(1024 * 1024, 'a');
    for (let count = 0; count < 200 && !client.closed; count++) await Promise.race([client.sent(chunk), client.rest()]);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
    expect(await client.rest()).toMatch(/^421 4\.5\.2 /);
  });

  it('content over the limit is dropped as it comes, and refused behind its end', async () => {
    const { port, messages, aborts } = await start({ limits: { maxMessageOctets: 1024 * 1024 } });
    const client = await RawClient.greeted(port);
    await client.say('MAIL FROM:<> SIZE=10');
    await client.say('RCPT TO:<a@b.example>');
    await client.say('DATA');
    for (let count = 0; count < 7; count++) await client.sent(Buffer.alloc(1024 * 1024, 'a'));
    expect(await client.say('\r\n.')).toMatch(/^552 5\.3\.4 /);
    expect([messages, aborts]).toEqual([[], ['too-big']]);
    expect(await client.say('NOOP')).toMatch(/^250 /);
    client.destroy();
  });

  it('connections over the limit hear 421 4.7.0, and there is room again when others leave', async () => {
    const { port, observed } = await start({ limits: { maxConnections: 3, maxConnectionsPerAddress: 2 } });
    const first = await RawClient.greeted(port);
    const second = await RawClient.greeted(port);
    expect(await (await RawClient.connect(port)).rest()).toMatch(/^421 4\.7\.0 /);
    const elsewhere = await RawClient.connect(port, { localAddress: '127.0.0.2' });
    expect(await elsewhere.reply()).toMatch(/^220 /);
    expect(await (await RawClient.connect(port, { localAddress: '127.0.0.3' })).rest()).toMatch(/^421 4\.7\.0 /);
    expect(await first.say('QUIT')).toMatch(/^221 /);
    await first.rest();
    await expect.poll(() => observed.filter(({ kind }) => kind === 'ended').length).toBe(1);
    expect(await (await RawClient.connect(port)).reply()).toMatch(/^220 /);
    expect(observed.filter(({ kind }) => kind === 'refused').length).toBe(2);
    for (const client of [second, elsewhere]) client.destroy();
  });

  it('when connections are nearly exhausted, idle clients that nobody knows are ended sooner', async () => {
    const { port } = await start({ limits: { maxConnections: 4 }, timeouts: { stressedCommandMs: 300 } });
    const busy = await RawClient.greeted(port);
    await busy.say('MAIL FROM:<>');
    const idle = [await RawClient.connect(port), await RawClient.connect(port), await RawClient.connect(port)];
    for (const client of idle.slice(0, 1)) expect(await client.rest()).toMatch(/^220 .*\r\n421 4\.4\.2 /);
    expect(await busy.say('RCPT TO:<a@b.example>')).toMatch(/^250 /);
    for (const client of [busy, ...idle]) client.destroy();
  });
});

describe('closing', () => {
  it('ends idle sessions at once, lets a transaction end, and takes nobody new', async () => {
    const { port, listener, messages } = await listening();
    const idle = await RawClient.greeted(port);
    const busy = await RawClient.greeted(port);
    await busy.say('MAIL FROM:<>');
    const closed = listener.close(10_000);
    expect(await idle.rest()).toMatch(/^421 4\.3\.2 /);
    await busy.say('RCPT TO:<a@b.example>');
    await busy.say('DATA');
    expect(await busy.say('a\r\n.')).toMatch(/^250 2\.0\.0/);
    expect(await busy.rest()).toMatch(/^421 4\.3\.2 /);
    await closed;
    expect(messages).toHaveLength(1);
    await expect(RawClient.connect(port)).rejects.toThrow(/ECONNREFUSED/);
  });

  it('does not wait for a transaction longer than the grace', async () => {
    const { port, listener } = await listening();
    const client = await RawClient.greeted(port);
    await client.say('MAIL FROM:<>');
    const closed = listener.close(200);
    expect(await client.rest()).toMatch(/^421 4\.3\.2 /);
    await closed;
  });

  it('a session can be ended from outside', async () => {
    const seen: Client[] = [];
    const { port } = await start({ policy: { mail: ({ client }) => (seen.push(client), { kind: 'accepted' }) } });
    const client = await RawClient.greeted(port);
    await client.say('MAIL FROM:<>');
    seen[0]?.session.end(replies.sessionEnded);
    expect(await client.rest()).toMatch(/^421 4\.7\.0 /);
  });
});
