import { freePort } from '@postern/lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plain, RawClient, type Scenario, scenario, sendRaw, SOUND } from '../src/index.ts';

const ports = { devices: await freePort(), tls: await freePort() };
const OLD = { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' } as const;
const PRINTERS = '127.0.0.9';

let world: Scenario;
beforeAll(async () => {
  world = await scenario({
    env: {
      POSTERN_LISTEN_DEVICES: `127.0.0.1:${ports.devices}`,
      POSTERN_LISTEN_DEVICES_TLS: `127.0.0.1:${ports.tls}`,
    },
  });
  const rewriting = ['--sender', '@lab.example', '--rewrite-from', 'printers@lab.example'];
  await world.gateway.cli(['network', 'add', PRINTERS, ...rewriting]);
  await world.gateway.cli(['network', 'add', '127.0.0.10', '--sender', '@lab.example']);
});
afterAll(() => world[Symbol.asyncDispose]());

async function greeted(from = PRINTERS, port = ports.devices): Promise<RawClient> {
  const client = await RawClient.connect(port, { from });
  expect((await client.read()).code).toBe(220);
  return client;
}

test('a printer that says HELO, ends lines with bare LF and sends as root@localhost delivers as its network says', async () => {
  using client = await greeted();
  const before = world.internet.host.count;
  expect(await client.code('HELO printer')).toBe(250);
  const content = 'From: root@localhost\nTo: someone@receiver.example\nSubject: scan\n\n.\nline\n..dots\n\r\n';
  expect(await sendRaw(client, content, { from: 'root@localhost' })).toMatchObject({ code: 250 });
  const received = await world.internet.host.waitForCount(before + 1, 20_000);
  const message = received.at(-1);
  expect(message?.reversePath).toBe('printers@lab.example');
  const text = message?.content?.toString('latin1') ?? '';
  expect(text).toMatch(/^From: <printers@lab\.example>\r\nX-Original-From: root@localhost\r\n/m);
  expect(text).toMatch(/^Date: /m);
  expect(text).toMatch(/^Message-ID: /m);
  expect(text).toMatch(/\r\n\r\n\.\r\nline\r\n\.dots\r\n\r\n$/);
  expect(text).not.toMatch(/(?<!\r)\n/);
});

test('a dot with a bare line feed ends no message here either: nothing can be smuggled', async () => {
  using client = await greeted();
  await client.ask('EHLO printer');
  const inner =
    'MAIL FROM:<evil@lab.example>\r\nRCPT TO:<victim@receiver.example>\r\nDATA\r\nFrom: evil@lab.example\r\n\r\n';
  const before = (await world.gateway.ledger()).accepted;
  const ends = ['\n.\n', '\n.\r\n', '\r\n.\n'];
  for (const end of ends) {
    expect(await sendRaw(client, `${SOUND}outer${end}${inner}\r\n`)).toMatchObject({ code: 250 });
    expect(await client.code('NOOP')).toBe(250);
  }
  expect((await world.gateway.ledger()).accepted).toBe(before + ends.length);
});

test.each(['a\rb', 'a\0b'])('%j is refused here too', async (body) => {
  using client = await greeted();
  await client.ask('EHLO printer');
  expect(await sendRaw(client, `${SOUND}${body}\r\n`)).toMatchObject({ code: 554 });
});

test('TLS 1.0 is spoken here, by STARTTLS after HELO and from the first octet, and AUTH LOGIN works under it', async () => {
  using starttls = await greeted();
  expect(await starttls.code('HELO printer')).toBe(250);
  expect(await starttls.code('STARTTLS')).toBe(220);
  await starttls.secure(OLD);
  using implicit = await RawClient.connect(ports.tls, { from: PRINTERS, tls: OLD });
  expect((await implicit.read()).code).toBe(220);
  for (const client of [starttls, implicit]) {
    expect(await client.code('HELO printer')).toBe(250);
    expect(await client.code('AUTH LOGIN')).toBe(334);
    expect(await client.code(Buffer.from(world.user).toString('base64'))).toBe(334);
    expect(await client.code(Buffer.from(world.password).toString('base64'))).toBe(235);
    expect(await client.code('MAIL FROM:<root@localhost>')).toBe(550);
    expect(await client.code('MAIL FROM:<app@lab.example>')).toBe(250);
  }
});

test('AUTH in clear is refused here as everywhere', async () => {
  using client = await greeted();
  expect((await client.ask('EHLO printer')).text).not.toContain('AUTH');
  expect(await client.code(`AUTH PLAIN ${plain(world.user, world.password)}`)).toBe(538);
});

test('a network without an address to rewrite to keeps its rules', async () => {
  using client = await greeted('127.0.0.10');
  await client.ask('EHLO scanner');
  expect(await client.code('MAIL FROM:<root@localhost>')).toBe(550);
  expect(await sendRaw(client, SOUND.replaceAll('\r\n', '\n').concat('\r\n'))).toMatchObject({ code: 250 });
});

test('whoever is in no listed network is turned away at the door, in clear and under TLS', async () => {
  using clear = await RawClient.connect(ports.devices, { from: '127.0.0.77' });
  expect((await clear.rest()).map(({ code }) => code)).toEqual([554]);
  using encrypted = await RawClient.connect(ports.tls, { from: '127.0.0.77', tls: {} });
  expect((await encrypted.rest()).map(({ code }) => code)).toEqual([554]);
});

test('the other listeners forgive none of it, whatever the network', async () => {
  using relay = await RawClient.connect(world.gateway.ports.relay, { from: PRINTERS });
  await relay.read();
  expect(await relay.code('HELO printer')).toBe(250);
  expect(await relay.code('STARTTLS')).toBe(503);
  expect(await relay.code('MAIL FROM:<root@localhost>')).toBe(550);
  expect(await sendRaw(relay, 'From: app@lab.example\n\nx\r\n')).toMatchObject({ code: 554 });
  const old = RawClient.connect(world.gateway.ports.submissions, { tls: OLD, from: PRINTERS });
  await expect(old).rejects.toThrow();
});
