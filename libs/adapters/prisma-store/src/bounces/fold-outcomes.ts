import type { Pool } from 'pg';
import { run, type Statement } from '../connection/run.ts';

/**
 * Adds what statements appended to the rates up, by minute, hour and day; minutes are kept for two days, hours for ninety.
 * One process at a time does it. A rate is the sum of both tables, at any moment.
 */
export async function foldOutcomes(pool: Pool): Promise<void> {
  await run(pool, FOLD, []);
}

const KEY = 'credential_id, sender_domain, queue_id, source, outcome, class';

/** The number of the lock is ours alone. */
const FOLD: Statement = {
  name: 'fold-outcomes',
  text: `
    with turn as materialized (
      select pg_try_advisory_xact_lock(7316406) as ours, set_config('synchronous_commit', 'off', true)
    ), gone as (
      delete from outcome_changes where (select ours from turn) returning *
    ), old as (
      delete from outcome_rollups where (select ours from turn) and (
        (span = 'minute' and bucket < now() - interval '2 days') or (span = 'hour' and bucket < now() - interval '90 days'))
    )
    insert into outcome_rollups (span, bucket, ${KEY}, recipients)
    select s.span, date_trunc(s.span::text, g.at), ${KEY}, sum(recipients)
    from gone g cross join unnest(enum_range(null::rollup_span)) s(span)
    group by s.span, date_trunc(s.span::text, g.at), ${KEY}
    on conflict (span, bucket, ${KEY}) do update set recipients = outcome_rollups.recipients + excluded.recipients`,
};
