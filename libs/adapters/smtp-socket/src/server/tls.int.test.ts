import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { swaks } from '@postern/lab';
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

describe('TLS', () => {
  it('swaks submits over STARTTLS and over TLS from the first octet', async () => {
    const submission = await start({ kind: 'submission' });
    const submissions = await start({ kind: 'submissions' });
    const credentials = { address: '127.0.0.1', user: 'app1', password: 'secret' };
    for (const mechanism of ['PLAIN', 'LOGIN'] as const) {
      const starttls = await swaks({ ...credentials, mechanism, port: submission.port, tls: 'starttls' });
      expect(starttls).toMatchObject({ code: 0 });
      const implicit = await swaks({ ...credentials, mechanism, port: submissions.port, tls: 'implicit' });
      expect(implicit).toMatchObject({ code: 0 });
    }
    for (const { messages } of [submission, submissions]) {
      expect(messages[1]?.transaction.principal).toEqual({ name: 'app1' });
      expect(messages[1]?.transaction.client.tls?.protocol).toBe('TLSv1.3');
    }
  });

  it('STARTTLS and a command in one segment: closed before TLS', async () => {
    const { port } = await start();
    const client = await RawClient.greeted(port);
    client.send('STARTTLS\r\nMAIL FROM:<evil@b.example>\r\n');
    expect(await client.rest()).toMatch(/^554 5\.5\.1 /);
  });

  it('nothing said before STARTTLS counts behind it', async () => {
    const { port, listener } = await start();
    const client = await RawClient.greeted(port);
    expect(await client.say('STARTTLS')).toMatch(/^220 /);
    await client.startTls();
    expect(await client.say('MAIL FROM:<>')).toMatch(/^503 /);
    expect(await client.say('EHLO again.example')).not.toContain('STARTTLS');
    expect(await client.say('STARTTLS')).toMatch(/^503 /);
    expect(await client.say('MAIL FROM:<>')).toMatch(/^250 /);
    expect(listener.sessions()).toMatchObject([{ client: { name: 'again.example', tls: { protocol: 'TLSv1.3' } } }]);
    client.destroy();
  });

  it('a handshake that is none ends one connection, not the listener', async () => {
    const { port, observed } = await start({ kind: 'submissions' });
    for (const noise of ['EHLO client.example\r\n', '\x16\x03\x01\x00\x05hello', '\0'.repeat(5000)]) {
      const client = await RawClient.connect(port);
      client.send(noise);
      expect(await client.rest()).not.toContain('220');
    }
    const silent = await RawClient.connect(port);
    silent.destroy();
    await expect.poll(() => observed.filter(({ kind }) => kind === 'ended').length).toBe(4);
    const good = await RawClient.greeted(port, { tls: true });
    expect(await good.say('NOOP')).toMatch(/^250 /);
    good.destroy();
  });
});

describe('what is no SMTP', () => {
  it('a client that talks before the greeting is sent away, and seen in the log', async () => {
    const { port, logged } = await start();
    const socket = connect(port, '127.0.0.1', () => socket.write('EHLO client.example\r\nMAIL FROM:<>\r\n'));
    const heard = await new Promise((resolve) => socket.once('data', (data) => resolve(data.toString())));
    expect(heard).toMatch(/^554 5\.5\.0 [^\r]*\r\n$/);
    await expect.poll(() => logged.at(-1)).toMatchObject({ event: 'session ended', facts: { errors: 1 } });
    socket.destroy();
  });

  it('a TLS ClientHello on a listener in clear is sent away', async () => {
    const { port } = await start();
    const client = await RawClient.connect(port);
    await client.reply();
    client.send('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03');
    expect(await client.rest()).toMatch(/^554 5\.5\.1 /);
  });
});

describe('old or odd TLS', () => {
  it.each(['TLSv1', 'TLSv1.1'] as const)('%s is refused', async (version) => {
    const { port } = await start({ kind: 'submissions' });
    const old = { minVersion: version, maxVersion: version, ciphers: 'ALL:@SECLEVEL=0', rejectUnauthorized: false };
    const socket = connectTls({ host: '127.0.0.1', port, ...old });
    await expect(
      new Promise((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject)),
    ).rejects.toThrow(/alert protocol version|unsupported protocol/i);
  });

  it.each(['gw.example\\', 'a'.repeat(255), "' OR 1=1 --", '%s%n'])(
    'a server name like %j hurts nobody',
    async (servername) => {
      const { port } = await start({ kind: 'submissions' });
      const socket = connectTls({ host: '127.0.0.1', port, servername, rejectUnauthorized: false });
      const greeting = await new Promise((resolve) => socket.once('data', (data) => resolve(data.toString())));
      expect(greeting).toMatch(/^220 /);
      socket.destroy();
    },
  );
});
