import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { connect as connectTls, TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { authenticated, encrypted, greeted, plain, RawClient, type Scenario, scenario } from '../src/index.ts';

let world: Scenario;
let port: number;
beforeAll(async () => {
  world = await scenario({ services: ['submission'] });
  port = world.gateway.ports.submission;
});
afterAll(() => world[Symbol.asyncDispose]());
afterEach(async () => {
  // Whatever was tried, the next client is served.
  using client = await authenticated(world);
  expect(await client.code('NOOP')).toBe(250);
});

test('a command in the same segment as STARTTLS is never answered, in clear or under TLS', async () => {
  using client = await greeted(port);
  await client.write('STARTTLS\r\nMAIL FROM:<app@lab.example>\r\nRCPT TO:<someone@receiver.example>\r\n');
  const replies = await client.rest();
  expect(replies.map((each) => each.code)).toEqual([554]);
});

test('half a command in the same segment as STARTTLS does not become the beginning of a command under TLS', async () => {
  using client = await greeted(port);
  await client.write('STARTTLS\r\nRSE');
  expect((await client.rest()).map((each) => each.code)).toEqual([554]);
});

test('octets in clear behind the 220 to STARTTLS are no command: the handshake fails', async () => {
  using client = await greeted(port);
  expect(await client.code('STARTTLS')).toBe(220);
  await client.write('EHLO injected.lab.example\r\nNOOP\r\n');
  const replies = await client.rest();
  expect(replies.filter((each) => each.code >= 200 && each.code < 400)).toEqual([]);
});

test('what was said before TLS is forgotten: MAIL and AUTH need a fresh EHLO', async () => {
  using client = await greeted(port);
  expect(await client.code('STARTTLS')).toBe(220);
  await client.secure();
  expect(await client.code('MAIL FROM:<app@lab.example>')).toBe(503);
  expect(await client.code(`AUTH PLAIN ${plain(world.user, world.password)}`)).toBe(503);
  const ehlo = await client.ask('EHLO client.lab.example');
  expect(ehlo.text).toMatch(/^250[- ]AUTH SCRAM-SHA-256-PLUS SCRAM-SHA-256 PLAIN LOGIN$/m);
  expect(ehlo.text).not.toMatch(/STARTTLS/);
  expect(await client.code('MAIL FROM:<app@lab.example>')).toBe(530);
});

test('EHLO in clear offers STARTTLS and no AUTH', async () => {
  using client = await RawClient.connect(port);
  await client.read();
  const { text } = await client.ask('EHLO client.lab.example');
  expect(text).toMatch(/^250[- ]STARTTLS$/m);
  expect(text).not.toMatch(/AUTH/);
});

test('a second STARTTLS is refused, and the session under TLS goes on', async () => {
  using client = await encrypted(port);
  expect(await client.code('STARTTLS')).toBe(503);
  expect(await client.code('NOOP')).toBe(250);
});

test('STARTTLS with an argument and STARTTLS before EHLO are refused', async () => {
  using client = await RawClient.connect(port);
  await client.read();
  expect(await client.code('STARTTLS')).toBe(503);
  await client.ask('EHLO client.lab.example');
  expect(await client.code('STARTTLS now')).toBe(501);
});

test.each(['TLSv1', 'TLSv1.1'] as const)('%s is refused on both submission listeners (RFC 8996)', async (version) => {
  const old = { minVersion: 'TLSv1', maxVersion: version, ciphers: 'ALL:@SECLEVEL=0' } as const;
  await expect(RawClient.connect(world.gateway.ports.submissions, { tls: old })).rejects.toThrow(/protocol version/);
  using client = await greeted(port);
  await client.ask('STARTTLS');
  await expect(client.secure(old)).rejects.toThrow(/protocol version/);
});

test.each(['aNULL', 'NULL'])('ciphers of %s, which encrypt or prove nothing, are refused', async (ciphers) => {
  const weak = { maxVersion: 'TLSv1.2', ciphers: `${ciphers}:@SECLEVEL=0` } as const;
  await expect(RawClient.connect(world.gateway.ports.submissions, { tls: weak })).rejects.toThrow();
});

test('a client that renegotiates is refused, and nobody else notices', async () => {
  using client = await RawClient.connect(world.gateway.ports.submissions, { tls: { maxVersion: 'TLSv1.2' } });
  await client.read();
  expect(await isRenegotiated(client.socket)).toBe(false);
});

test.each<[string, Buffer]>([
  ['ends with a backslash', Buffer.from(`${'a'.repeat(20)}\\`)],
  ['has a NUL in it', Buffer.from('gateway.lab.example\0.evil.example')],
  ['is ten kilobytes long', Buffer.alloc(10 * 1024, 'a')],
  ['is not UTF-8', Buffer.alloc(40, 0xff)],
  ['has CR and LF in it', Buffer.from('a\r\n{"level":50,"msg":"forged"}')],
  ['is empty', Buffer.alloc(0)],
])('a server name in the ClientHello that %s harms nobody', async (_, name) => {
  using client = await RawClient.connect(world.gateway.ports.submissions);
  await client.write(clientHello(await recordedHello(), name));
  client.socket.end();
  await client.rest();
  expect(world.gateway.log).not.toMatch(/^\{"level":50,"msg":"forged"\}/m);
});

test('a TLS record that is garbage, huge or cut off ends its connection only', async () => {
  for (const octets of [
    Buffer.from([0x16, 0x03, 0x01, 0xff, 0xff]),
    Buffer.from([0x16, 0x03, 0x01, 0x00, 0x02, 0x01, 0xff]),
    Buffer.alloc(70_000, 0x16),
    (await recordedHello()).subarray(0, 60),
  ]) {
    using client = await RawClient.connect(world.gateway.ports.submissions);
    await client.write(octets);
    client.socket.end();
    await client.rest();
  }
});

function isRenegotiated(socket: Socket): Promise<boolean> {
  if (!(socket instanceof TLSSocket)) throw new Error('There is no TLS');
  return new Promise((resolve) => {
    for (const end of ['close', 'error'] as const) socket.once(end, () => resolve(false));
    socket.renegotiate({ rejectUnauthorized: false }, (error) => resolve(!error));
  });
}

const PLACE = 'a'.repeat(63);

/** A ClientHello as OpenSSL writes it, for the server name PLACE. */
function recordedHello(): Promise<Buffer> {
  return new Promise((resolve) => {
    const wire = new Duplex({
      read: () => undefined,
      write: (octets: Buffer, _encoding, done) => {
        resolve(octets);
        done();
      },
    });
    connectTls({ socket: wire, servername: PLACE, rejectUnauthorized: false }).on('error', () => undefined);
  });
}

/** The ClientHello with another server name in it, and every length around it mended (RFC 8446 §4.1.2, RFC 6066 §3). */
function clientHello(hello: Buffer, name: Buffer): Buffer {
  const at = hello.indexOf(PLACE);
  const changed = Buffer.concat([hello.subarray(0, at), name, hello.subarray(at + PLACE.length)]);
  const grown = name.length - PLACE.length;
  const afterSession = 44 + (changed[43] ?? 0);
  const afterSuites = afterSession + 2 + changed.readUInt16BE(afterSession);
  const extensions = afterSuites + 1 + (changed[afterSuites] ?? 0);
  // The record, the extensions, the extension, the list in it, the name.
  for (const length of [3, extensions, at - 7, at - 5, at - 2])
    changed.writeUInt16BE(changed.readUInt16BE(length) + grown, length);
  changed.writeUIntBE(changed.readUIntBE(6, 3) + grown, 6, 3);
  return changed;
}
