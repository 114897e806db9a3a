import pg from 'pg';
import { waitFor } from '@postern/lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { greeted, Load, opened, type RawClient, type Scenario, scenario } from '../src/index.ts';

let world: Scenario;
let database: pg.Pool;
beforeAll(async () => {
  world = await scenario({ host: { token: 'X-Token' } });
  database = new pg.Pool({ connectionString: world.database.url, max: 1 });
  await world.gateway.cli(['network', 'add', '127.0.0.0/8', '--sender', '@lab.example']);
});
afterAll(async () => {
  await database.end();
  await world[Symbol.asyncDispose]();
});

const header = (token: string): string => `From: app@lab.example\r\nX-Token: ${token}\r\n\r\n`;
const relay = (): Promise<RawClient> => greeted(world.gateway.ports.relay);

test.each([
  ['small', 100, 30],
  ['large', 600_000, 5],
])(
  'clients that leave behind the last dot, before they hear of it, have sent their %s messages once',
  async (size, octets, count) => {
    const tokens = Array.from({ length: count }, (_, number) => `left-${size}-${number}`);
    const before = (await world.gateway.settled()).accepted;
    await Promise.all(
      tokens.map(async (token) => {
        const client = await relay();
        await opened(client);
        await client.write(`${header(token)}${`${'x'.repeat(98)}\r\n`.repeat(octets / 100)}.\r\n`);
        client.destroy();
      }),
    );
    await waitFor(() => tokens.every((token) => world.internet.host.tokens.has(token)), {
      what: 'every message',
      timeoutMs: 20_000,
    });
    const ledger = await world.gateway.settled();
    expect(ledger.accepted - before).toBe(count);
    expect(tokens.map((token) => world.internet.host.tokens.get(token))).toEqual(tokens.map(() => 1));
  },
);

test.each([
  ['in the header section', 'From: app@lab.example\r\nX-Tok'],
  ['in the body', `${header('never')}hello`],
  ['between CRLF and the dot', `${header('never')}hello\r\n`],
  ['between the dot and its CRLF', `${header('never')}hello\r\n.`],
  ['between CR and LF of the end', `${header('never')}hello\r\n.\r`],
])('a client that leaves %s has sent nothing', async (_, content) => {
  const before = await messages();
  for (const leave of ['reset', 'close'] as const) {
    using client = await relay();
    await opened(client);
    await client.write(content);
    if (leave === 'reset') client.socket.resetAndDestroy();
    else client.socket.end();
    // Whoever comes later is answered later: when this is done, that was read.
    using next = await relay();
    expect(await next.code('NOOP')).toBe(250);
  }
  expect(await messages()).toBe(before);
});

test.each(['leaves', 'is refused at the end', 'sends a bare LF', 'goes over the limit'] as const)(
  'the staged chunks of a large message are gone when its client %s',
  async (how) => {
    using client = await relay();
    await opened(client);
    await client.write(header('never'));
    const body = Buffer.from(`${'x'.repeat(98)}\r\n`.repeat(20_000));
    await client.write(body);
    await waitFor(() => stagedChunks().then((count) => count > 5), { what: 'staged chunks' });
    if (how === 'leaves') client.destroy();
    else if (how === 'sends a bare LF') await client.write('a\nb');
    else if (how === 'goes over the limit') for (let sent = 0; sent < 18; sent += 1) await client.write(body);
    else await client.write('\nbare\r\n.\r\n');
    await waitFor(() => stagedChunks().then((count) => count === 0), { what: 'no staged chunks' });
  },
);

test('SIGTERM while messages come in: every one that was acknowledged arrives, and no other was taken', async () => {
  const before = (await world.gateway.settled()).accepted;
  const load = new Load({ port: world.gateway.ports.relay, sessions: 20 });
  for (let turn = 1; turn <= 2; turn += 1) {
    const wanted = load.acknowledged.size + 200;
    await waitFor(() => load.acknowledged.size >= wanted, { what: `${wanted} messages`, timeoutMs: 60_000 });
    await world.gateway.kill('submission', 'SIGTERM');
    await world.gateway.run('submission');
  }
  await load.stop();
  const ledger = await world.gateway.settled();
  expect([...load.acknowledged].filter((token) => !world.internet.host.tokens.has(token))).toEqual([]);
  expect(ledger.accepted - before).toBe(load.acknowledged.size);
});

test('nothing that was given up half-way has arrived', () => {
  expect(world.internet.host.tokens.has('never')).toBe(false);
  expect([...world.internet.host.duplicates()]).toEqual([]);
});

async function messages(): Promise<number> {
  const { rows } = await database.query<{ count: number }>('select count(*)::int as count from messages');
  return rows[0]?.count ?? 0;
}

async function stagedChunks(): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    'select count(*)::int as count from contents where exists (select from staged_messages s where s.message_id = contents.message_id)',
  );
  return rows[0]?.count ?? 0;
}
