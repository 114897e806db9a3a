import { afterEach, expect, test } from 'vitest';
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

const HEADER = 'PROXY TCP4 192.0.2.1 198.51.100.7 4660 587\r\n';

test.each([['one segment'], ['octet by octet']])('a load balancer says who the client is, in %s', async (how) => {
  const { port, listener } = await start({ proxyNetworks: ['127.0.0.1/32'] });
  const client = await RawClient.connect(port);
  if (how === 'one segment') client.send(HEADER);
  else for (const octet of HEADER) await client.sent(Buffer.from(octet));
  expect(await client.reply()).toMatch(/^220 /);
  expect(await client.say('EHLO client.example')).toMatch(/^250/);
  expect(listener.sessions()).toMatchObject([
    { client: { address: '192.0.2.1', port: 4660, localAddress: '198.51.100.7', localPort: 587 } },
  ]);
  client.destroy();
});

test('behind a load balancer TLS from the first octet works, also when its hello comes with the header', async () => {
  const { port, listener } = await start({ kind: 'submissions', proxyNetworks: ['127.0.0.0/8'] });
  const client = await RawClient.connect(port);
  client.send(HEADER);
  await client.startTls();
  expect(await client.reply()).toMatch(/^220 /);
  expect(listener.sessions()).toMatchObject([{ client: { address: '192.0.2.1', tls: { protocol: 'TLSv1.3' } } }]);
  client.destroy();
});

test('connections count by the client, not by the load balancer', async () => {
  const { port } = await start({ proxyNetworks: ['127.0.0.1'], limits: { maxConnectionsPerAddress: 1 } });
  const answers: string[] = [];
  for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.1']) {
    const client = await RawClient.connect(port);
    client.send(HEADER.replace('192.0.2.1', address));
    answers.push((await client.reply()).slice(0, 3));
  }
  expect(answers).toEqual(['220', '220', '421']);
});

test('a load balancer without a header is not served, and neither greeted', async () => {
  const { port, logged, listener } = await start({ proxyNetworks: ['127.0.0.1'] });
  for (const noise of [
    'EHLO client.example\r\n',
    '\x16\x03\x01\x02\x00',
    `PROXY ${'x'.repeat(200)}`,
    'PROXY UNKNOWNx\r\n',
  ]) {
    const client = await RawClient.connect(port);
    client.send(noise);
    expect(await client.rest()).toBe('');
  }
  const gone = await RawClient.connect(port);
  gone.finish();
  expect(await gone.rest()).toBe('');
  expect(listener.sessions()).toEqual([]);
  expect(logged.filter(({ event }) => event === 'load balancer refused')).toHaveLength(5);
});

test('a header from anybody else is a client that talks before the greeting', async () => {
  const { port, listener } = await start({ proxyNetworks: ['198.51.100.0/24'] });
  const early = await RawClient.connect(port);
  early.send(HEADER);
  expect(await early.rest()).toMatch(/^554 5\.5\.0 /);
  const late = await RawClient.greeted(port);
  expect(await late.say(HEADER.trimEnd())).toMatch(/^500 /);
  expect(listener.sessions()).toMatchObject([{ client: { address: '127.0.0.1' } }]);
  late.destroy();
});
