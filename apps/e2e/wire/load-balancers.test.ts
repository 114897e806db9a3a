import { afterAll, beforeAll, expect, test } from 'vitest';
import { greeted, plain, RawClient, type Scenario, scenario, sendRaw, SOUND } from '../src/index.ts';

const BALANCER = '127.0.0.8';
let world: Scenario;
beforeAll(async () => {
  world = await scenario({ services: ['submission'], env: { POSTERN_PROXY_NETWORKS: `${BALANCER}/32` } });
  await world.gateway.cli(['network', 'add', '192.0.2.0/24', '--sender', '@lab.example']);
});
afterAll(() => world[Symbol.asyncDispose]());

const header = (address: string): string => `PROXY TCP4 ${address} 198.51.100.7 4660 587\r\n`;

async function behind(port: number, address: string): Promise<RawClient> {
  const client = await RawClient.connect(port, { from: BALANCER });
  await client.write(header(address));
  return client;
}

test('who may relay is decided by the client that the load balancer names, not by the balancer', async () => {
  using listed = await behind(world.gateway.ports.relay, '192.0.2.9');
  await listed.read();
  await listed.ask('EHLO client.lab.example');
  expect(await sendRaw(listed, SOUND)).toMatchObject({ code: 250 });
  using stranger = await behind(world.gateway.ports.relay, '203.0.113.9');
  await stranger.read();
  await stranger.ask('EHLO client.lab.example');
  expect(await stranger.code('MAIL FROM:<app@lab.example>')).toBe(550);
});

test('behind a load balancer, TLS, AUTH and the networks of a credential go by the client', async () => {
  const made = await world.gateway.json<{ secret: string }>([
    'credential',
    'create',
    '--name',
    'netted',
    '--sender',
    '@lab.example',
    '--network',
    '192.0.2.7',
  ]);
  for (const [address, code] of [
    ['192.0.2.7', 235],
    ['192.0.2.8', 535],
  ] as const) {
    using client = await behind(world.gateway.ports.submissions, address);
    await client.secure();
    await client.read();
    await client.ask('EHLO client.lab.example');
    expect(await client.code(`AUTH PLAIN ${plain('netted', made.secret)}`)).toBe(code);
  }
});

test('a listed load balancer without a header is not served', async () => {
  using client = await RawClient.connect(world.gateway.ports.submission, { from: BALANCER });
  await client.write('EHLO client.lab.example\r\n');
  expect(await client.rest()).toEqual([]);
});

test('a header from anybody else buys nothing: before the greeting the door closes, behind it it is no command', async () => {
  using early = await RawClient.connect(world.gateway.ports.relay);
  await early.write(header('192.0.2.9'));
  // Whether it comes before the greeting is the network's to say.
  const { code } = await early.read();
  if (code !== 554)
    expect([code, (await early.read()).code, await early.code('EHLO a.example')]).toEqual([220, 500, 250]);
  if (code !== 554) expect(await early.code('MAIL FROM:<app@lab.example>')).toBe(550);
  using late = await greeted(world.gateway.ports.relay);
  expect(await late.code(header('192.0.2.9').trimEnd())).toBe(500);
  expect(await late.code('XCLIENT ADDR=192.0.2.9')).toBe(502);
  expect(await late.code('MAIL FROM:<app@lab.example>')).toBe(550);
});
