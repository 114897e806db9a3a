import type { Block, Failures, GuessStore } from '@postern/credentials';
import type { Pool } from 'pg';
import { int4s, texts } from '../connection/arrays.ts';
import { run, type Statement } from '../connection/run.ts';

/** Failed authentications by minute and by what they count for, and what is blocked because of them. */
export function guessStore(pool: Pool): GuessStore {
  return {
    noteFailures: async (failures) => (failures.length === 0 ? [] : blocksOf(await noted(pool, failures))),
    blocks: async () => blocksOf(await run<Row>(pool, BLOCKS, [])),
    forgetOldFailures: async () => void (await run(pool, FORGET, [])),
  };
}

function noted(pool: Pool, failures: readonly Failures[]): Promise<readonly Row[]> {
  const rows = [...failures].sort((a, b) => (a.key < b.key ? -1 : 1));
  return run<Row>(pool, NOTE, [
    texts(rows.map(({ key }) => key)),
    int4s(rows.map((row) => row.failures)),
    int4s(rows.map(({ most }) => most)),
    int4s(rows.map(({ spanMinutes }) => spanMinutes)),
    int4s(rows.map(({ blockMinutes }) => blockMinutes)),
  ]);
}

type Row = readonly [key: string, until: Date];

function blocksOf(rows: readonly Row[]): readonly Block[] {
  return rows.map(([key, until]) => ({ key, until }));
}

/** The current minute is counted by what the statement itself has made of it, the ones before by what is there. */
const NOTE: Statement = {
  name: 'note-failed-authentications',
  text: `
    with failed as materialized (
      select unnest($1::text[]) as key, unnest($2::int[]) as failures, unnest($3::int[]) as most,
        unnest($4::int[]) as span, unnest($5::int[]) as block
    ), noted as (
      insert into failed_authentications as f (key, minute, failures)
      select key, date_trunc('minute', now()), failures from failed order by key
      on conflict (key, minute) do update set failures = f.failures + excluded.failures
      returning key, minute, failures
    ), total as (
      select n.key, l.most, l.block, n.failures + coalesce((
        select sum(o.failures) from failed_authentications o
        where o.key = n.key and o.minute < n.minute and o.minute > now() - l.span * interval '1 minute'), 0) as failures
      from noted n join failed l on l.key = n.key
    )
    insert into blocked_authentications as b (key, until)
    select key, now() + block * interval '1 minute' from total where failures >= most order by key
    on conflict (key) do update set until = greatest(b.until, excluded.until)
    returning key, until`,
};

/** More are not looked at: they are blocked again by what they do next. */
const MOST_BLOCKS = 100_000;

const BLOCKS: Statement = {
  name: 'blocked-authentications',
  text: `select key, until from blocked_authentications where until > now() order by until desc limit ${MOST_BLOCKS}`,
};

const FORGET: Statement = {
  name: 'forget-failed-authentications',
  text: `
    with old as (delete from failed_authentications where minute < now() - interval '2 hours')
    delete from blocked_authentications where until < now()`,
};
