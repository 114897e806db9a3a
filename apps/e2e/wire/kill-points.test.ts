import { type ReceivedMessage, waitFor } from '@postern/lab';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databaseProxy, greeted, opened, type Scenario, scenario } from '../src/index.ts';

/** Each process is killed at a place that is seen from outside: by a lock, by an answer of the database or a reply that is kept back. */
let world: Scenario;
let watch: pg.Pool;
let holder: pg.Client;
const heard: string[] = [];

beforeAll(async () => {
  world = await scenario({ host: { token: 'X-Token', answers: { content: answer } } });
  await world.gateway.cli(['network', 'add', '127.0.0.0/8', '--sender', '@lab.example']);
  watch = new pg.Pool({ connectionString: world.database.url, max: 2 });
  holder = new pg.Client({ connectionString: world.database.url });
  await holder.connect();
});
afterAll(async () => {
  await holder?.end();
  await watch?.end();
  await world?.[Symbol.asyncDispose]();
});

test('submission killed with a part of a large content stored, and before its commit: nothing was accepted, nobody heard 250', async () => {
  const before = (await world.gateway.settled()).accepted;
  using large = await greeted(world.gateway.ports.relay);
  await opened(large);
  await large.write(`${header('part')}${`${'x'.repeat(98)}\r\n`.repeat(3_000)}`);
  await sees('select from staged_messages');
  await holder.query('begin; lock table messages in share mode');
  using client = await greeted(world.gateway.ports.relay);
  await opened(client);
  await client.write(`${header('before commit')}.\r\n`);
  await sees(waiting('%insert into messages%'));
  await world.gateway.kill('submission', 'SIGKILL');
  await watch.query(`select pg_terminate_backend(pid) from (${waiting('%insert into messages%')}) each`);
  await holder.query('commit');
  expect(await client.rest()).toEqual([]);
  expect(await large.rest()).toEqual([]);
  await world.gateway.run('submission');
  expect((await world.gateway.settled()).accepted).toBe(before);
});

test('submission killed between its commit and the 250: the message is ours, and arrives once', async () => {
  await using proxy = await databaseProxy(world.database.url);
  await world.gateway.kill('submission', 'SIGTERM');
  await world.gateway.run('submission', 'submission', { DATABASE_URL: proxy.url });
  using client = await greeted(world.gateway.ports.relay);
  await opened(client);
  proxy.muteAfter('accept');
  await client.write(`${header('after commit')}.\r\n`);
  await arrives('after commit');
  await world.gateway.kill('submission', 'SIGKILL');
  expect(await client.rest()).toEqual([]);
  await world.gateway.run('submission');
  await world.gateway.settled();
  expect(world.internet.host.tokens.get('after commit')).toBe(1);
});

test('delivery killed before the reply, and between the reply and its commit: marked, tried again, never lost, at most twice', async () => {
  // Each on a connection of its own: the second waits for no reply to the first.
  for (const token of ['reply kept', 'reply late']) {
    await send(token);
    await waitFor(() => heard.includes(token), { what: `the content of '${token}'`, timeoutMs: 30_000 });
  }
  await holder.query(`begin; select from recipients where forward_path = 'reply-late@receiver.example' for update`);
  await arrives('reply late');
  await sees(waiting('%with outcome as%'));
  await world.gateway.kill('delivery', 'SIGKILL');
  await watch.query(`select pg_terminate_backend(pid) from (${waiting('%with outcome as%')}) each`);
  await holder.query('commit');
  expect(world.internet.host.tokens.get('reply kept')).toBeUndefined();
  await leasesEnd();
  await world.gateway.run('delivery');
  await arrives('reply kept');
  expect(await world.gateway.settled()).toMatchObject({ sending: 0, deferred: 0, held: 0 });
  expect(world.internet.host.tokens.get('reply kept')).toBe(1);
  expect(world.internet.host.tokens.get('reply late')).toBe(2);
  const { rows } = await watch.query(`
    select r.state::text, r.maybe_delivered as marked, array_agg(a.reply_text order by a.started_at) as said
    from recipients r join attempts a using (message_id, number)
    where r.forward_path in ('reply-kept@receiver.example', 'reply-late@receiver.example') group by r.forward_path, 1, 2`);
  const unknown = expect.stringMatching(/^The outcome is unknown/);
  expect(rows).toEqual([
    { state: 'delivered', marked: true, said: [unknown, 'Ok'] },
    { state: 'delivered', marked: true, said: [unknown, 'Ok'] },
  ]);
});

test('delivery killed between the commit of an outcome and all that follows: it stays delivered, and arrives once', async () => {
  await using proxy = await databaseProxy(world.database.url);
  await world.gateway.kill('delivery', 'SIGTERM');
  await world.gateway.run('delivery', 'delivery', { DATABASE_URL: proxy.url });
  proxy.muteAfter('record');
  await send('outcome committed');
  await arrives('outcome committed');
  await sees(
    `select from recipients where forward_path = 'outcome-committed@receiver.example' and state = 'delivered'`,
  );
  await world.gateway.kill('delivery', 'SIGKILL');
  await leasesEnd();
  await world.gateway.run('delivery');
  expect(await world.gateway.settled()).toMatchObject({ sending: 0, deferred: 0 });
  expect(world.internet.host.tokens.get('outcome committed')).toBe(1);
});

/** What is not to be answered at once says so by its token. */
function answer({ token = '' }: ReceivedMessage) {
  const again = heard.includes(token);
  heard.push(token);
  if (again) return { reply: '250 2.0.0 Ok' };
  if (token === 'reply kept') return { reply: '250 2.0.0 Ok', delayMs: 60_000 };
  if (token === 'reply late') return { reply: '250 2.0.0 Ok', delayMs: 3_000 };
  return undefined;
}

function header(token: string): string {
  return `From: app@lab.example\r\nX-Token: ${token}\r\n\r\n`;
}

async function send(token: string): Promise<void> {
  using client = await greeted(world.gateway.ports.relay);
  await opened(client, { to: `${token.replaceAll(' ', '-')}@receiver.example` });
  await client.write(`${header(token)}.\r\n`);
  expect((await client.read()).code).toBe(250);
}

async function arrives(token: string): Promise<void> {
  await waitFor(() => world.internet.host.tokens.has(token), { what: `'${token}' to arrive`, timeoutMs: 30_000 });
}

/** Sessions that wait for a lock in the middle of a statement. */
function waiting(statement: string): string {
  return `select pid from pg_stat_activity where wait_event_type = 'Lock' and query ilike '${statement}'`;
}

async function sees(text: string): Promise<void> {
  await waitFor(async () => ((await watch.query(text)).rowCount ?? 0) > 0, { what: text, timeoutMs: 30_000 });
}

/** Time goes by: what a dead process held is anybody's. */
async function leasesEnd(): Promise<void> {
  await watch.query(`update leases set until = now() - interval '1 second'`);
}
