import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { selfSigned } from '../certificates/certificate-authority.ts';
import { smtpSource } from '../peers/smtp-source.ts';
import { swaks } from '../peers/swaks.ts';
import { waitFor } from '../wait-for.ts';
import { mailHost, type MailHost } from './mail-host.ts';

let host: MailHost;
beforeEach(async () => {
  host = await mailHost({ token: 'X-Token', accounts: { alice: 'secret' } });
});
afterEach(() => host.close());

describe('a session', () => {
  test('content is recorded octet for octet, with the dots undone', async () => {
    const content = 'X-Token: t1\r\nSubject: x\r\n\r\n.\r\n..\r\n.hidden\r\nö and \u0001\r\n\r\n';
    await converse(`${envelope}${content.replace(/^\./gm, '..')}.\r\nQUIT\r\n`);
    const [message] = await host.waitForCount(1);
    expect(message).toMatchObject({
      reversePath: 'a@lab.example',
      mailParameters: ['SIZE=10', 'BODY=8BITMIME'],
      forwardPaths: ['b@lab.example', '"c>d"@lab.example'],
      token: 't1',
      strictLines: true,
      sha256: sha256(content),
      bodySha256: sha256(content.slice(content.indexOf('\r\n\r\n') + 4)),
    });
    expect(message?.content?.toString('utf8')).toBe(content);
    expect(host.misbehaviour).toEqual([]);
  });

  test('the end of the mail data is found however the octets come in pieces', async () => {
    const whole = Buffer.from(`${envelope}X-Token: t\r\n\r\n..a\r\n.b\r\r\n\r\n.\r\nQUIT\r\n`);
    for (let size = 1; size < 8; size += 1) {
      const socket = await open();
      for (let from = 0; from < whole.length; from += size) socket.write(whole.subarray(from, from + size));
      await once(socket, 'close');
    }
    expect(host.count).toBe(7);
    expect(new Set(host.messages.map((each) => each.content?.toString()))).toEqual(
      new Set(['X-Token: t\r\n\r\n.a\r\nb\r\r\n\r\n']),
    );
    expect(host.messages.every((each) => !each.strictLines)).toBe(true);
    expect(host.duplicates()).toEqual(new Map([['t', 7]]));
  });

  test.each(['\n.\n', '\n.\r\n', '\r.\r', '\r\n.\n', '\r.\r\n'])('%j does not end the mail data', async (end) => {
    await converse(`${envelope}a${end}b\r\n.\r\nQUIT\r\n`);
    const [message] = await host.waitForCount(1);
    expect(message?.strictLines).toBe(false);
    expect(message?.content?.toString()).toBe(`a${end}b\r\n`.replace('\r\n.', '\r\n'));
  });

  test('scripted answers are given for each recipient, and only accepted ones are recorded', async () => {
    host.answer({
      rcpt: (forwardPath) => (forwardPath.startsWith('b') ? '550 5.1.1 No such user' : undefined),
      content: () => ({ delayMs: 5, reply: '250 2.0.0 Late' }),
    });
    const said = await converse(`${envelope}x\r\n.\r\nQUIT\r\n`);
    expect(said).toContain('550 5.1.1 No such user');
    expect(said).toContain('250 2.0.0 Late');
    expect(host.messages[0]?.forwardPaths).toEqual(['"c>d"@lab.example']);
  });

  test('content that is refused or never answered does not count', async () => {
    host.answer({ content: () => '451 4.3.0 Later' });
    await converse(`${envelope}x\r\n.\r\nQUIT\r\n`);
    host.answer({ content: () => ({ reply: '', close: true }) });
    await converse(`${envelope}x\r\n.\r\n`);
    expect(host.count).toBe(0);
  });

  test('a command out of order is refused and noted', async () => {
    await converse('MAIL FROM:<a@lab.example>\r\nFOO\r\nQUIT\r\n');
    expect(host.misbehaviour).toEqual(['MAIL FROM:<a@lab.example>', 'FOO']);
  });

  test('recipients pipelined after a refused MAIL are refused too, and that is no fault of the client', async () => {
    host.answer({ mail: () => '451 4.7.1 Later' });
    expect(await converse(`${envelope.replace('DATA', 'RSET')}QUIT\r\n`)).toMatch(/451 .*\r\n503 .*\r\n503 /);
    expect(host.misbehaviour).toEqual([]);
  });

  test('over TLS is told with its protocol, cipher and server name, and begins anew', async () => {
    const { key, chain, certificate } = await selfSigned(['mx.lab.example']);
    await using secure = await mailHost({ tls: { key, cert: chain } });
    const socket = connect(secure.port, '127.0.0.1');
    let heard = '';
    socket.on('data', (octets) => {
      heard += String(octets);
    });
    socket.write('EHLO c\r\nSTARTTLS\r\n');
    await waitFor(() => heard.includes('220 2.0.0'), { what: 'Ready' });
    socket.removeAllListeners('data');
    const tls = connectTls({ socket, servername: 'mx.lab.example', ca: certificate });
    await once(tls, 'secureConnect');
    tls.end(`MAIL FROM:<a@lab.example>\r\n${envelope}x\r\n.\r\nQUIT\r\n`);
    const [message] = await secure.waitForCount(1);
    expect(message?.session.tls).toMatchObject({ protocol: 'TLSv1.3', serverName: 'mx.lab.example' });
    expect(secure.misbehaviour).toEqual(['MAIL FROM:<a@lab.example>']);
    expect((await swaks({ address: secure.address, port: secure.port, tls: 'starttls' })).code).toBe(0);
  });

  test('the connection above the limit hears 421', async () => {
    await using narrow = await mailHost({ maxConnections: 1 });
    const first = connect(narrow.port, '127.0.0.1');
    await once(first, 'data');
    const second = connect(narrow.port, '127.0.0.1');
    expect(String((await once(second, 'data'))[0])).toMatch(/^421 /);
    first.destroy();
  });

  test('room for contents is bounded, and the digests come all the same', async () => {
    await using small = await mailHost({ keepOctets: 100, keepMessages: 2 });
    for (const size of [90, 90, 5]) {
      await converse(`${envelope}${'x'.repeat(size)}\r\n.\r\nQUIT\r\n`, small.port);
    }
    expect(small.count).toBe(3);
    expect(small.messages.map((each) => each.content?.length)).toEqual([92, undefined]);
    expect(small.messages[1]?.sha256).toBe(sha256(`${'x'.repeat(90)}\r\n`));
    small.clear();
    await converse(`${envelope}${'x'.repeat(90)}\r\n.\r\nQUIT\r\n`, small.port);
    expect(small.messages[0]?.content?.length).toBe(92);
  });
});

describe('peers', () => {
  test('swaks delivers with AUTH LOGIN and PLAIN, and is refused with a wrong password', async () => {
    for (const mechanism of ['LOGIN', 'PLAIN'] as const) {
      const sent = await swaks({ ...at(), user: 'alice', password: 'secret', mechanism });
      expect(sent.code, sent.output).toBe(0);
    }
    expect(host.messages.map((each) => each.session.authenticatedAs)).toEqual(['alice', 'alice']);
    expect((await swaks({ ...at(), user: 'alice', password: 'wrong' })).code).not.toBe(0);
  });

  test('smtp-source delivers over new and reused connections', async () => {
    await smtpSource({ ...at(), messages: 100, sessions: 5 });
    expect(host.connections.total).toBe(100);
    await smtpSource({ ...at(), messages: 100, sessions: 5, reuseConnections: true });
    expect(host.connections.total).toBe(105);
    expect(host.count).toBe(200);
    await waitFor(() => host.connections.open === 0, { what: 'the connections to close' });
  });
});

const envelope = [
  'EHLO client.lab.example',
  'MAIL FROM:<a@lab.example> SIZE=10 BODY=8BITMIME',
  'RCPT TO:<b@lab.example>',
  'RCPT TO:<"c>d"@lab.example>',
  'DATA',
  '',
].join('\r\n');

function at(): { address: string; port: number } {
  return { address: host.address, port: host.port };
}

async function open(port = host.port): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  socket.resume();
  await once(socket, 'connect');
  return socket;
}

async function converse(said: string, port = host.port): Promise<string> {
  const socket = await open(port);
  let heard = '';
  socket.on('data', (octets) => {
    heard += String(octets);
  });
  socket.write(said);
  await once(socket, 'close');
  return heard;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
