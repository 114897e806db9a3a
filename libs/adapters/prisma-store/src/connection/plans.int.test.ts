import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { scenario } from '../testing/scenario.ts';
import { HOT_STATEMENTS } from '../testing/hot-statements.ts';
import { prepare } from './open-pool.ts';

test.each(HOT_STATEMENTS.map((statement) => [statement.name, statement] as const))(
  '%s reads no table whole, even while there are no statistics',
  async (_, { text }) => {
    const client = await session();
    const plan = await genericPlan(client, text);
    expect(plan).not.toMatch(/(Seq|Bitmap Heap) Scan on (?!queue_changes)/);
    expect(plan).not.toMatch(/(Hash|Merge) (Left |Semi |Anti )?Join/);
  },
);

test('a claim is one range of one index, with 50,000 recipients due later and statistics from before they came', async () => {
  const client = await session();
  await client.query(`
    analyze waiting_recipients;
    insert into waiting_recipients (message_id, due_at, queue_id, state, number)
    select gen_random_uuid(), now() + interval '1 hour', 1, 'deferred', 1 from generate_series(1, 50000)`);
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(`
    explain (analyze, buffers, costs off, timing off) select ctid from waiting_recipients
    where queue_id = 1 and due_at >= '-infinity' and due_at <= now() order by due_at limit 100 for update skip locked`);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toMatch(/Index Scan using waiting_recipients_queue_id_due_at_idx/);
  expect(plan).not.toMatch(/Sort/);
  expect(Number(/Buffers: shared hit=(\d+)/.exec(plan)?.[1] ?? 0)).toBeLessThan(10);
});

/** A session as the pool makes it, on a database in which nothing was ever analysed. */
async function session(): Promise<pg.Client> {
  const { databaseUrl } = await scenario();
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  onTestFinished(() => client.end());
  await prepare(client, 'fixed');
  return client;
}

/** The plan that serves every value of the parameters. */
async function genericPlan(client: pg.Client, text: string): Promise<string> {
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain (generic_plan, costs off) ${text}`);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}
