import { createHmac } from 'node:crypto';
import { waitFor } from '@postern/lab';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { onDatabase, type Scenario, scenario, submit } from '../src/index.ts';

interface Domain {
  readonly name: string;
  readonly records: readonly { readonly name: string; readonly type: string; readonly value: string }[];
  readonly keys: readonly { readonly selector: string }[];
}

let world: Scenario;
const records = new Map<string, string>();

beforeAll(async () => {
  world = await scenario();
  world.internet.zone.add('lab.example. 300 IN MX 10 mx.receiver.example.');
  await add('lab.example', '--sub-domains');
});
afterAll(() => world[Symbol.asyncDispose]());

async function add(name: string, ...options: readonly string[]): Promise<Domain> {
  const domain = await world.gateway.json<Domain>(['domain', 'add', name, ...options]);
  for (const { name: at, type, value } of domain.records) if (type === 'TXT') records.set(at, value);
  return domain;
}

test.for([
  ['a small message', 'Hello\r\n'],
  ['a message of odd white space', 'a  b \r\n\t\r\nc\t\r\n\r\n\r\n'],
  [
    'a message that is staged in chunks',
    `${'A line of a large message, with  two spaces. \r\n'.repeat(8_000)}.\r\n\r\n`,
  ],
  ['a message without a body', undefined],
])('%s arrives with two signatures that verify', async ([, body]) => {
  const header = 'From: App <app@lab.example>\r\nTo: someone@receiver.example\r\nSubject: hello\r\n';
  const arrived = await sent(body === undefined ? header : `${header}\r\n${body}`);
  const { results } = await dkimVerify(arrived, { resolver });
  expect(results.map(({ status, signingDomain, algo }) => [status.result, signingDomain, algo])).toEqual([
    ['pass', 'lab.example', 'rsa-sha256'],
    ['pass', 'lab.example', 'ed25519-sha256'],
  ]);
});

test('one-click unsubscribe, and the Date and Message-ID that we add, are covered', async () => {
  const fields = 'List-Unsubscribe: <https://lab.example/u/1>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n';
  const arrived = await sent(`From: app@lab.example\r\nTo: someone@receiver.example\r\n${fields}\r\nHello\r\n`);
  const covered = /h=([^;]+);/.exec(arrived.toString().replaceAll(/\r\n\s+/g, ''))?.[1]?.split(':') ?? [];
  expect(covered).toEqual(
    expect.arrayContaining(['list-unsubscribe', 'list-unsubscribe-post', 'date', 'message-id', 'subject']),
  );
  expect(covered.filter((name) => name === 'from')).toHaveLength(2);
  expect((await dkimVerify(arrived, { resolver })).results[0]?.status.result).toBe('pass');
});

test('a credential that asks for it has unsubscribe fields added, for one click, covered, and for each recipient alone', async () => {
  const news = await world.gateway.credential('news', ['@lab.example']);
  const template = 'https://lab.example/u?r={recipient}&t={token}';
  await world.gateway.cli(['credential', 'unsubscribe', 'news', '--uri', template]);
  const { key } = await world.gateway.json<{ key: string }>(['credential', 'unsubscribe', 'news', '--key']);
  const header = 'From: app@lab.example\r\nTo: someone@receiver.example\r\nSubject: news\r\n';
  const as = { ...world, ...news, from: 'app@lab.example' };
  const arrived = await sent(`${header}\r\nHello\r\n`, as);
  const unfolded = arrived.toString().replaceAll(/\r\n[ \t]+/g, ' ');
  const [, uri = ''] = /^List-Unsubscribe: <([^>]+)>\r$/m.exec(unfolded) ?? [];
  const { searchParams } = new URL(uri);
  const recipient = searchParams.get('r') ?? '';
  expect(recipient).toMatch(/@receiver\.example$/);
  expect(searchParams.get('t')).toBe(createHmac('sha256', key).update(recipient).digest('base64url'));
  expect(unfolded).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
  const { results } = await dkimVerify(arrived, { resolver });
  expect(results.map(({ status }) => status.result)).toEqual(['pass', 'pass']);
  expect(results[0]?.signingHeaders?.keys).toMatch(/list-unsubscribe-post/i);
  const own = await sent(`List-Unsubscribe: <mailto:leave@lab.example>\r\n${header}\r\nHello\r\n`, as);
  expect(own.toString().match(/^List-Unsubscribe/gm)).toHaveLength(1);
});

test('a sub-domain is signed for by the domain above it only for one who may send as all of them', async () => {
  const one = await world.gateway.credential('one', ['@only.lab.example']);
  const all = await world.gateway.credential('all', ['@*.lab.example']);
  const content = 'From: x@only.lab.example\r\nTo: someone@receiver.example\r\n\r\nHello\r\n';
  expect(signers(await sent(content, { ...world, ...one, from: 'x@only.lab.example' }))).toEqual([]);
  expect(signers(await sent(content, { ...world, ...all, from: 'x@only.lab.example' }))).toEqual([
    'lab.example',
    'lab.example',
  ]);
});

test("a domain that is somebody else's row is never signed for by the one above it", async () => {
  await add('other.lab.example');
  const all = await world.gateway.credential('all2', ['@*.lab.example']);
  const content = 'From: x@other.lab.example\r\nTo: someone@receiver.example\r\n\r\nHello\r\n';
  expect(new Set(signers(await sent(content, { ...world, ...all, from: 'x@other.lab.example' })))).toEqual(
    new Set(['other.lab.example']),
  );
});

test('how a domain signs is changed at the shell, and its keys go on signing', async () => {
  const options = ['--rotate-days', '90', '--sign-field', 'X-Campaign'];
  const changed = await world.gateway.json<{ rotateDays: number }>(['domain', 'update', 'lab.example', ...options]);
  expect(changed.rotateDays).toBe(90);
  const header = 'From: app@lab.example\r\nTo: someone@receiver.example\r\nX-Campaign: spring\r\n';
  await waitFor(
    async () => {
      const arrived = await sent(`${header}\r\nHello\r\n`);
      const { results } = await dkimVerify(arrived, { resolver });
      expect(results.map(({ status }) => status.result)).toEqual(['pass', 'pass']);
      return /x-campaign/.test(arrived.toString().replaceAll(/\r\n\s+/g, ''));
    },
    { timeoutMs: 20_000, what: 'the new field to be signed' },
  );
});

test('mail of a domain without keys is sent as it is', async () => {
  const stranger = await world.gateway.credential('stranger', ['@unsigned.example']);
  const content = 'From: x@unsigned.example\r\nTo: someone@receiver.example\r\n\r\nHello\r\n';
  expect(signers(await sent(content, { ...world, ...stranger, from: 'x@unsigned.example' }))).toEqual([]);
});

test('a DSN is signed by the domain that covers our host name, and verifies', async () => {
  world.internet.host.answer({
    rcpt: (path) => (path.startsWith('gone@') ? '550 5.1.1 No such user here' : undefined),
  });
  await submit(world, 'From: app@lab.example\r\nTo: gone@receiver.example\r\n\r\nHello\r\n', {
    to: 'gone@receiver.example',
  });
  const dsn = await waitFor(
    () => Promise.resolve(world.internet.host.messages.find(({ reversePath }) => reversePath === '')),
    { timeoutMs: 30_000, what: 'the DSN' },
  );
  world.internet.host.answer({});
  const { results } = await dkimVerify(dsn.content ?? Buffer.alloc(0), { resolver });
  expect(results.map(({ status, signingDomain }) => [status.result, signingDomain])).toEqual([
    ['pass', 'lab.example'],
    ['pass', 'lab.example'],
  ]);
});

test('no private key and no secret is in the database in clear, or in a log', async () => {
  const keys = await onDatabase(
    world,
    async (client) => (await client.query('select private_key from dkim_keys')).rows,
  );
  expect(JSON.stringify(keys)).not.toContain('PRIVATE');
  expect(world.gateway.log).not.toContain('PRIVATE KEY');
});

async function sent(content: string, as: Scenario & { readonly from?: string } = world): Promise<Buffer> {
  const before = world.internet.host.count;
  await submit(as, content, as.from === undefined ? {} : { from: as.from });
  const received = (await world.internet.host.waitForCount(before + 1, 30_000)).at(-1);
  return received?.content ?? Buffer.alloc(0);
}

function signers(message: Buffer): readonly string[] {
  const text = message.toString('latin1').replaceAll(/\r\n[ \t]+/g, ' ');
  return [...text.matchAll(/^DKIM-Signature:.*? d=([^;]+);/gm)].map(([, domain]) => domain ?? '');
}

function resolver(name: string): Promise<string[][]> {
  const record = records.get(name.replace(/\.$/, ''));
  if (record === undefined) return Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' }));
  return Promise.resolve([[record]]);
}
