import { expect, onTestFinished, test } from 'vitest';
import { createStore, type EpochMark, type EpochMemory } from '../index.ts';
import { claim, message, outcomes, quiet, scenario, type Scenario } from '../testing/scenario.ts';

const TABLES = ['recipients', 'waiting_recipients', 'leases', 'epochs'];

test('a database that is set back under a living process gives it nothing to send, until an operator resumes', async () => {
  const about = await scenario();
  const { store, sql } = about;
  const first = message();
  await store.accept.accept([first]);
  await store.delivery.recoverLostLeases();
  for (const table of TABLES) await sql(`create table copy_of_${table} as table ${table}`);
  const memory = remembering(undefined);
  const other = another(about, memory);
  await store.delivery.record(outcomes(await claim(other)));
  expect(await store.admin.ledger()).toMatchObject({ delivered: 1 });
  for (const table of TABLES)
    await sql(`truncate ${table}`).then(() => sql(`insert into ${table} table copy_of_${table}`));
  // What was delivered waits again, and nobody has swept yet.
  expect((await claim(other)).recipients).toBe(0);
  await another(about, memory).delivery.recoverLostLeases();
  expect((await claim(other)).recipients).toBe(0);
  expect(await sql(`select scope::text, "by", reason ~ 'restored as of about 20' as told from suspensions`)).toEqual([
    { scope: 'all', by: 'delivery', told: true },
  ]);
  expect(await sql('select action, actor_kind from audit_entries')).toEqual([
    { action: 'database.restored', actor_kind: 'system' },
  ]);
  await resume(about);
  expect((await claim(other)).recipients).toBe(1);
});

test('a process that was not there before a restore knows by its memory, and stops once, not again when it was resumed', async () => {
  const about = await scenario();
  await about.store.accept.accept([message()]);
  const before = remembering(undefined);
  const { delivery } = another(about, before);
  await delivery.recoverLostLeases();
  const { installation = '', beat = 0 } = (await before.read()) ?? {};
  const later = () => another(about, remembering({ installation, beat: beat + 5 }));
  expect((await claim(later())).recipients).toBe(0);
  await resume(about);
  expect((await claim(later())).recipients).toBe(1);
});

test('a copy of the database in another place sends nothing by itself', async () => {
  const about = await scenario();
  const { store, sql } = about;
  await store.accept.accept([message()]);
  await store.delivery.recoverLostLeases();
  await sql(`update epochs set place = 'the cluster that it was copied from'`);
  expect((await claim(another(about, remembering(undefined)))).recipients).toBe(0);
  await resume(about);
  expect((await claim(another(about, remembering(undefined)))).recipients).toBe(1);
});

test('a database that was moved while nothing ran, and a standby that took over without a loss, go on', async () => {
  const about = await scenario();
  const { store, sql } = about;
  await store.accept.accept([message()]);
  const memory = remembering(undefined);
  await another(about, memory).delivery.recoverLostLeases();
  await sql(`update epochs set place = 'the cluster that it was moved from'`);
  expect((await claim(another(about, memory))).recipients).toBe(1);
  expect(await sql('select from suspensions')).toEqual([]);
});

test('what is remembered of another database says nothing about this one', async () => {
  const about = await scenario();
  await about.store.accept.accept([message()]);
  const memory = remembering({ installation: '01890000-0000-7000-8000-000000000001', beat: 1_000_000 });
  expect((await claim(another(about, memory))).recipients).toBe(1);
});

function remembering(mark: EpochMark | undefined): EpochMemory {
  let kept = mark;
  return { read: async () => kept, write: async (next) => void (kept = next) };
}

function another({ databaseUrl }: Scenario, epochMemory: EpochMemory) {
  const store = createStore({ databaseUrl, poolSize: 2, log: quiet, epochMemory });
  onTestFinished(() => store.close());
  return store;
}

async function resume({ sql }: Scenario): Promise<void> {
  await sql('update suspensions set lifted_at = now()');
}
