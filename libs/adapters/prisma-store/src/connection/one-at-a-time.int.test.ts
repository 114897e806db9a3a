import { testDatabase } from '@postern/database';
import { expect, onTestFinished, test } from 'vitest';
import { openPool } from './open-pool.ts';

test('what is asked of one connection at once is asked in turn; one that fails keeps nobody else back', async () => {
  const warned: string[] = [];
  const note = (warning: Error) => void warned.push(warning.message);
  process.on('warning', note);
  const database = await testDatabase();
  const log = { info: () => undefined, warn: () => undefined };
  const pool = openPool({ databaseUrl: database.url, poolSize: 1, log }, 'free');
  onTestFinished(async () => {
    process.off('warning', note);
    await pool.end();
    await database.close();
  });
  const client = await pool.connect();
  const answers = await Promise.allSettled(
    ['select 1 as n', 'select pg_sleep(0.05), 2 as n', 'select no_such_thing', 'select 4 as n', 'select 5 as n'].map(
      (text) => client.query<{ n: number }>(text),
    ),
  );
  client.release();
  expect(answers.map((each) => (each.status === 'fulfilled' ? each.value.rows[0]?.n : each.status))).toEqual([
    1,
    2,
    'rejected',
    4,
    5,
  ]);
  expect((await pool.query<{ n: number }>('select 6 as n')).rows).toEqual([{ n: 6 }]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(warned).toEqual([]);
});
