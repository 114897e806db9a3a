import { createHash, createHmac, pbkdf2Sync, X509Certificate } from 'node:crypto';
import { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encrypted, type RawClient, type RawReply, type Scenario, scenario, sendRaw, SOUND } from '../src/index.ts';

let world: Scenario;
beforeAll(async () => {
  world = await scenario({ services: ['submission'] });
});
afterAll(() => world[Symbol.asyncDispose]());

const under = (): Promise<RawClient> => encrypted(world.gateway.ports.submission);

test('SCRAM-SHA-256, written again here from RFC 5802, lets the right secret in and proves the gateway', async () => {
  using client = await under();
  const { replies, serverProof } = await scram(client, { name: world.user, secret: world.password });
  expect(replies.map(({ code }) => code)).toEqual([334, 334, 235]);
  expect(decoded(replies[1])).toBe(`v=${serverProof}`);
  expect(await sendRaw(client, SOUND)).toMatchObject({ code: 250 });
});

test.each(['tls-exporter', 'tls-server-end-point'] as const)('SCRAM-SHA-256-PLUS is bound by %s', async (type) => {
  using client = await under();
  const data = bindingOf(client, type);
  const { replies } = await scram(client, { name: world.user, secret: world.password, binding: { type, data } });
  expect(replies.at(-1)?.code).toBe(235);
});

test('somebody in the middle, whose TLS channel is another, is refused with the right secret', async () => {
  using client = await under();
  const binding = { type: 'tls-exporter', data: Buffer.alloc(32, 1) };
  const { replies } = await scram(client, { name: world.user, secret: world.password, binding });
  expect(replies.map(({ code }) => code)).toEqual([334, 535]);
});

test('an offer of -PLUS that was taken out on the way is noticed (y,,)', async () => {
  using client = await under();
  const { replies } = await scram(client, { name: world.user, secret: world.password, header: 'y,,' });
  expect(replies.map(({ code }) => code)).toEqual([535]);
});

test('a name that nobody has is asked for the same, refused in the same words, and has the same salt each time', async () => {
  const heard: RawReply[][] = [];
  for (const name of [world.user, 'nobody', 'nobody', 'another']) {
    using client = await under();
    heard.push([...(await scram(client, { name, secret: 'wrong' })).replies]);
  }
  expect(new Set(heard.map((replies) => replies.at(-1)?.text)).size).toBe(1);
  expect(heard.every((replies) => replies.length === 2)).toBe(true);
  const salts = heard.map((replies) => /,s=([^,]+),i=4096$/.exec(decoded(replies[0]))?.[1]);
  expect(salts.map((salt) => salt?.length)).toEqual([24, 24, 24, 24]);
  expect(salts[1]).toBe(salts[2]);
  expect(new Set(salts).size).toBe(3);
});

test('a name that nobody has takes as long as one that somebody has', async () => {
  const times = new Map<string, number[]>([
    [world.user, []],
    ['nobody-of-that-name', []],
  ]);
  for (let round = 0; round < 12; round += 1) {
    for (const [name, each] of times) {
      using client = await under();
      const since = performance.now();
      await scram(client, { name, secret: 'wrong' });
      each.push(performance.now() - since);
    }
  }
  // The quickest of each: what a busy machine adds is never less than nothing.
  const [known = 0, unknown = 0] = [...times.values()].map((each) => Math.min(...each));
  expect(Math.abs(known - unknown)).toBeLessThan(Math.max(known, unknown) / 2 + 1);
});

test('what a thief of the database has lets nobody in', async () => {
  const { rows } = await stored();
  const [, , stolen = ''] = /^SCRAM-SHA-256\$(\d+:[^$]+)\$(.+)$/.exec(rows[0]?.scram ?? '') ?? [];
  expect(stolen).not.toBe('');
  for (const secret of [...stolen.split(':'), rows[0]?.hash ?? '']) {
    using client = await under();
    expect((await scram(client, { name: world.user, secret })).replies.at(-1)?.code).toBe(535);
  }
});

interface Said {
  readonly name: string;
  readonly secret: string;
  readonly header?: string;
  readonly binding?: { readonly type: string; readonly data: Buffer };
}

/** One exchange; answers every reply, and what the server's proof has to be. */
async function scram(client: RawClient, said: Said): Promise<{ replies: readonly RawReply[]; serverProof: string }> {
  const replies: RawReply[] = [];
  const header = said.binding ? `p=${said.binding.type},,` : (said.header ?? 'n,,');
  const bare = `n=${said.name},r=${Math.random().toString(36).slice(2)}rest`;
  const mechanism = said.binding ? 'SCRAM-SHA-256-PLUS' : 'SCRAM-SHA-256';
  replies.push(await client.ask(`AUTH ${mechanism} ${encoded(header + bare)}`));
  const first = decoded(replies[0]);
  const [, nonce = '', salt = '', iterations = '1'] = /^r=([^,]+),s=([^,]+),i=(\d+)$/.exec(first) ?? [];
  if (nonce === '') return { replies, serverProof: '' };
  const salted = pbkdf2Sync(said.secret, Buffer.from(salt, 'base64'), Number(iterations), 32, 'sha256');
  const clientKey = mac(salted, 'Client Key');
  const binding = Buffer.concat([Buffer.from(header), said.binding?.data ?? Buffer.alloc(0)]).toString('base64');
  const withoutProof = `c=${binding},r=${nonce}`;
  const signed = `${bare},${first},${withoutProof}`;
  const signature = mac(createHash('sha256').update(clientKey).digest(), signed);
  const proof = Buffer.from(clientKey.map((octet, index) => octet ^ (signature[index] ?? 0))).toString('base64');
  replies.push(await client.ask(encoded(`${withoutProof},p=${proof}`)));
  if (replies.at(-1)?.code === 334) replies.push(await client.ask(''));
  return { replies, serverProof: mac(mac(salted, 'Server Key'), signed).toString('base64') };
}

function bindingOf({ socket }: RawClient, type: 'tls-exporter' | 'tls-server-end-point'): Buffer {
  if (!(socket instanceof TLSSocket)) throw new Error('There is no TLS');
  if (type === 'tls-exporter') return socket.exportKeyingMaterial(32, 'EXPORTER-Channel-Binding', Buffer.alloc(0));
  const { raw } = socket.getPeerCertificate();
  expect(new X509Certificate(raw).signatureAlgorithm).toMatch(/SHA256/i);
  return createHash('sha256').update(raw).digest();
}

async function stored(): Promise<{ rows: readonly { readonly scram: string; readonly hash: string }[] }> {
  const { Client } = await import('pg');
  const database = new Client({ connectionString: world.database.url });
  await database.connect();
  try {
    return await database.query("select scram, encode(hash, 'hex') as hash from credential_secrets");
  } finally {
    await database.end();
  }
}

function mac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

const encoded = (text: string): string => Buffer.from(text).toString('base64');
const decoded = (reply: RawReply | undefined): string => Buffer.from(reply?.text.slice(4) ?? '', 'base64').toString();
