import { durableTestServer } from '@postern/database';
import { newMessageId, StoreUnavailable } from '@postern/queue';
import { expect, test } from 'vitest';
import { ledger, recount } from '../counts/ledger.ts';
import { claim, message, messageTo, outcomes, recipientIds, scenario, scenarioOn } from '../testing/scenario.ts';

test('while the database is away every port says so, and works by itself when it is back', async () => {
  const server = await durableTestServer();
  const { store } = await scenarioOn(server.url, { end: () => server.close() });
  await store.accept.accept([message()]);
  const claimed = await claim(store);
  await server.stop();
  const id = newMessageId(Date.now());
  const asked: readonly (() => Promise<unknown>)[] = [
    () => store.ping(),
    () => store.accept.accept([message()]),
    () => store.accept.accept([message({ id, content: { kind: 'staged', chunks: 1 } })]),
    () => store.accept.stage(id, 0, Buffer.from('x')),
    () => store.accept.knownSites(['example.com']),
    () => claim(store),
    () => store.delivery.record(outcomes(claimed)),
    () => store.delivery.prolong(claimed.leaseToken, 1_000),
    () => store.delivery.handBack(claimed.leaseToken, recipientIds(claimed)),
    () => store.delivery.dueQueues(),
    () => store.delivery.recoverLostLeases(),
    () => store.delivery.readContent(id)[Symbol.asyncIterator]().next(),
  ];
  for (const ask of asked) await expect(ask()).rejects.toThrow(StoreUnavailable);
  await server.start();
  expect(await store.delivery.record(outcomes(claimed))).toEqual(new Set(recipientIds(claimed)));
  await store.accept.accept([message()]);
});

test('a postmaster killed under load loses nothing that was accepted, and leaves no half message', async () => {
  const server = await durableTestServer();
  const { store, sql } = await scenarioOn(server.url, { end: () => server.close() });
  const accepted: string[] = [];
  const delivered = new Set<string>();
  for (let kill = 0; kill < 3; kill += 1) {
    let alive = true;
    const accepting = [0, 1].map(async () => {
      while (alive) {
        const batch = Array.from({ length: 20 }, (_, index) => messageTo((index % 3) + 1));
        await store.accept.accept(batch).then(
          () => accepted.push(...batch.map(({ id }) => id)),
          () => undefined,
        );
      }
    });
    const sending = (async () => {
      while (alive) {
        try {
          for (const id of await store.delivery.record(outcomes(await claim(store, { limit: 30 })))) delivered.add(id);
        } catch (cause) {
          expect(cause).toBeInstanceOf(StoreUnavailable);
        }
      }
    })();
    const enough = accepted.length + 400;
    await expect.poll(() => accepted.length, { interval: 5, timeout: 10_000 }).toBeGreaterThan(enough);
    await server.kill();
    alive = false;
    await Promise.all([...accepting, sending]);
    await server.start();
    await expect.poll(() => store.ping().then(() => true), { timeout: 10_000 }).toBe(true);
  }
  const kept = new Set((await sql<{ id: string }>('select id from messages')).map(({ id }) => id));
  expect(accepted.filter((id) => !kept.has(id))).toEqual([]);
  const ended = await sql<{ id: string }>(
    `select message_id || '.' || number as id from recipients where state = 'delivered'`,
  );
  const endedIds = new Set(ended.map(({ id }) => id));
  expect([...delivered].filter((id) => !endedIds.has(id))).toEqual([]);
  const halves = await sql(`
    select m.id from messages m
    cross join lateral (
      select count(*) as recipients, count(*) filter (where state = 'delivered') as ended from recipients where message_id = m.id
    ) r
    where r.recipients <> m.recipients
      or (r.ended < r.recipients) <> exists (select from contents where message_id = m.id)`);
  expect(halves).toEqual([]);
  expect(await ledger(store.pool)).toEqual(await recount(store.pool));
}, 60_000);

test('connections that are cut while they are idle are replaced, and nobody notices', async () => {
  const { store, sql } = await scenario({ poolSize: 4 });
  await Promise.all([1, 2, 3, 4].map(() => store.ping()));
  await cutPool(sql);
  await expect
    .poll(() =>
      sql(`select 1 from pg_stat_activity where application_name = 'postern' and datname = current_database()`),
    )
    .toEqual([]);
  await Promise.all([1, 2, 3, 4].map(() => store.ping()));
});

test('a connection that is cut in the middle of a transaction undoes it, and says so', async () => {
  const about = await scenario({ poolSize: 2 });
  const { store, sql } = about;
  const given = message({ content: { kind: 'staged', chunks: 1 } });
  await store.accept.stage(given.id, 0, Buffer.from('x'));
  // Somebody holds the row that accepting must take: it waits in the middle of its transaction.
  const holder = await about.holder();
  await holder.query('begin');
  await holder.query('select from staged_messages for update');
  const accepting = store.accept.accept([given]);
  const refused = expect(accepting).rejects.toThrow(StoreUnavailable);
  await expect
    .poll(() => sql(`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`))
    .toHaveLength(1);
  await cutPool(sql);
  await refused;
  await holder.query('rollback');
  await store.accept.accept([given]);
});

test('a full disk is a store that is not available, and what was written of the batch is undone', async () => {
  const { store, sql } = await scenario();
  await sql(`
    create function full_disk() returns trigger language plpgsql as $$
    begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$;
    create trigger full_disk before insert on contents for each row execute function full_disk()`);
  await expect(store.accept.accept([message()])).rejects.toThrow(StoreUnavailable);
  expect(
    await sql('select count(*)::int as rows from (select 1 from messages union all select 1 from recipients) r'),
  ).toEqual([{ rows: 0 }]);
  await sql('drop trigger full_disk on contents');
  await store.accept.accept([message()]);
});

test('when all connections are taken for too long, who waits is told that the store is not available', async () => {
  const about = await scenario({ poolSize: 1 });
  const holder = await about.holder();
  await holder.query('begin');
  await holder.query('lock table messages');
  const accepting = about.store.accept.accept([message()]);
  await expect(about.store.ping()).rejects.toThrow(StoreUnavailable);
  await holder.query('rollback');
  await accepting;
  await about.store.ping();
});

test('a batch that the database refuses for what is in it is not told as the database being away', async () => {
  const { store } = await scenario();
  const given = message();
  await store.accept.accept([given]);
  await expect(store.accept.accept([given])).rejects.not.toThrow(StoreUnavailable);
});

async function cutPool(sql: (text: string) => Promise<readonly object[]>): Promise<void> {
  await sql(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'postern' and datname = current_database()`,
  );
}
