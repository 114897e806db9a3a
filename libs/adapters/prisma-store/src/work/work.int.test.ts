import { expect, test } from 'vitest';
import { createStore } from '../index.ts';
import { quiet, scenario } from '../testing/scenario.ts';

test('what one process tells, every other one hears', async () => {
  const { store, databaseUrl, sql } = await scenario();
  const heard: number[][] = [];
  const stop = store.onWork((queueIds) => heard.push([...queueIds]));
  await expect.poll(() => listening(sql)).toHaveLength(1);
  const other = createStore({ databaseUrl, poolSize: 1, log: quiet });
  await other.notifyWork([1, 7, 7, 300]);
  await expect.poll(() => heard).toEqual([[1, 7, 300]]);
  stop();
  await other.notifyWork([8]);
  await other.notifyWork(Array.from({ length: 3_000 }, (_, index) => 2_000_000_000 + index));
  await other.close();
  expect(heard).toEqual([[1, 7, 300]]);
});

test('a listener whose connection was cut hears again', async () => {
  const { store, sql } = await scenario();
  const heard: number[] = [];
  store.onWork((queueIds) => heard.push(...queueIds));
  await expect.poll(() => listening(sql)).toHaveLength(1);
  const [cut] = await listening(sql);
  await sql(`select pg_terminate_backend(${cut})`);
  await expect.poll(async () => (await listening(sql)).filter((pid) => pid !== cut)).toHaveLength(1);
  await store.notifyWork([5]);
  await expect.poll(() => heard).toEqual([5]);
});

test('a nudge while the database is away is lost without a word', async () => {
  const store = createStore({ databaseUrl: 'postgres://nobody@127.0.0.1:9/none', poolSize: 1, log: quiet });
  await store.notifyWork([1]);
  await store.close();
});

/** The sessions that wait for notifications. */
async function listening(sql: (text: string) => Promise<readonly object[]>): Promise<readonly number[]> {
  const found = await sql(
    `select pid from pg_stat_activity where application_name = 'postern work' and query like 'listen%' and state = 'idle' and datname = current_database()`,
  );
  return found.map((row) => Number('pid' in row && row.pid));
}
