import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { quiet, scenario } from '../testing/scenario.ts';
import { HOT_STATEMENTS } from '../testing/hot-statements.ts';
import { int4s } from './arrays.ts';
import { openPool, prepare } from './open-pool.ts';
import { run } from './run.ts';
import { transaction } from './transaction.ts';

test('no hot statement reads a table whole while there is neither mail nor any statistics', async () => {
  const client = await session();
  const wrong: string[] = [];
  for (const { name, text } of HOT_STATEMENTS) {
    const plan = await genericPlan(client, text);
    if (/(Seq|Bitmap Heap) Scan on (?!queue_changes)|(Hash|Merge) (Left |Semi |Anti )?Join/.test(plan))
      wrong.push(`${name}: ${plan}`);
  }
  expect(wrong).toEqual([]);
});

test('with a thousand messages and no statistics every hot statement looks up rows of mail by key, or takes the first of an index', async () => {
  const client = await session();
  await thousandMessages(client);
  const whole: string[] = [];
  for (const { name, text } of HOT_STATEMENTS)
    for (const scan of wholeScans(await planOf(client, text))) whole.push(`${name}: ${scan}`);
  expect(whole).toEqual([]);
});

test('what was planned while a table was empty is planned again soon after it has grown', async () => {
  const { databaseUrl, sql } = await scenario();
  await sql('create table grown (id int primary key) with (autovacuum_enabled = off)');
  await sql('insert into grown values (0)');
  await sql('analyze grown');
  const pool = openPool({ databaseUrl, poolSize: 1, log: quiet }, 'fixed');
  onTestFinished(() => pool.end());
  const find = { name: 'find', text: 'select g.id from unnest($1::int[]) as w (id) join grown g on g.id = w.id' };
  const plan = async () => {
    await run(pool, find, [int4s([1])]);
    return lines(await pool.query<Line>(`explain (costs off) execute find('{1}')`));
  };
  expect(await plan()).not.toMatch('Index Cond');
  await sql('insert into grown select generate_series(1, 50000)');
  await expect.poll(plan, { timeout: 10_000, interval: 20 }).toMatch(/Index Cond: \(id = w.id\)/);
});

test('a transaction on a connection whose plans are over may still choose its isolation', async () => {
  const { databaseUrl } = await scenario();
  const pool = openPool({ databaseUrl, poolSize: 1, log: quiet }, 'fixed');
  onTestFinished(() => pool.end());
  const until = performance.now() + 600;
  while (performance.now() < until)
    await transaction(pool, (client) => client.query('set transaction isolation level repeatable read, read only'));
});

test('a claim is one range of one index, with 50,000 recipients due later and statistics from before they came', async () => {
  const client = await session();
  await client.query(`
    analyze waiting_recipients;
    insert into waiting_recipients (message_id, due_at, queue_id, state, number)
    select gen_random_uuid(), now() + interval '1 hour', 1, 'deferred', 1 from generate_series(1, 50000)`);
  const plan = lines(
    await client.query<Line>(`
    explain (analyze, buffers, costs off, timing off) select ctid from waiting_recipients
    where queue_id = 1 and due_at >= '-infinity' and due_at <= now() order by due_at limit 100 for update skip locked`),
  );
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
  return lines(await client.query<Line>(`explain (generic_plan, costs off) ${text}`));
}

interface Line {
  readonly 'QUERY PLAN': string;
}

function lines({ rows }: pg.QueryResult<Line>): string {
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

async function planOf(client: pg.Client, text: string): Promise<PlanNode> {
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
    `explain (generic_plan, format json) ${text}`,
  );
  const node = rows[0]?.['QUERY PLAN'][0].Plan;
  if (!node) throw new Error('no plan');
  return node;
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly 'TID Cond'?: string;
  readonly Filter?: string;
  readonly Plans?: readonly PlanNode[];
}

const MAIL = /^(messages|contents|recipients|waiting_recipients|attempts|bounce_work)$/;

/** Scans of mail that look up nothing, but for those that end at the first row of an index. */
function wholeScans(node: PlanNode, parent?: PlanNode): readonly string[] {
  const { 'Relation Name': table, 'Index Cond': key, 'TID Cond': place, Filter: filter } = node;
  const scans = table !== undefined && /Scan/.test(node['Node Type']) && MAIL.test(table);
  const ends =
    /^(Limit|Result)$/.test(parent?.['Node Type'] ?? '') && filter === undefined && node['Index Name'] !== undefined;
  const whole = scans && key === undefined && place === undefined && !ends;
  return [
    ...(whole ? [`${node['Node Type']} on ${table} ${filter ?? ''}`] : []),
    ...(node.Plans ?? []).flatMap((child) => wholeScans(child, node)),
  ];
}

async function thousandMessages(client: pg.Client): Promise<void> {
  await client.query(`
    insert into messages (id, accepted_at, credential_id, size_octets, content_chunks, recipients, open_recipients, body, listener,
      smtp_utf8, reverse_path, header_from, subject, message_id_field, client_address, client_name, trace_fields)
    select gen_random_uuid(), now(), gen_random_uuid(), 1, 1, 1, 1, '7BIT', 'submission', false, '', '', '', '', '', '', ''
    from generate_series(1, 1000);
    insert into contents (message_id, chunk, octets) select id, 0, '' from messages;
    insert into recipients (message_id, number, siblings, queue_id, forward_path, domain, state, attempts)
    select id, 1, 1, 1, 'a@example.org', 'example.org', 'queued', 0 from messages;
    insert into waiting_recipients (message_id, due_at, queue_id, state, number) select id, now(), 1, 'queued', 1 from messages`);
}
