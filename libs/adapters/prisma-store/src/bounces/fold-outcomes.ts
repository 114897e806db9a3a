import type { Pool } from 'pg';
import { run, type Statement } from '../connection/run.ts';
import { LOCKS } from '../connection/locks.ts';

/**
 * Adds what statements appended to the rates and to the waits up, by minute, hour and day; minutes are kept for two days, hours for ninety.
 * One process at a time does it. A rate is the sum of both tables, at any moment.
 */
export async function foldOutcomes(pool: Pool): Promise<void> {
  await run(pool, FOLD, []);
}

/** What is no longer kept of each span. */
export const OLD = `((span = 'minute' and bucket < now() - interval '2 days')
        or (span = 'hour' and bucket < now() - interval '90 days'))`;

const KEY = 'credential_id, sender_domain, queue_id, source, outcome, class';

/** The number of the lock is ours alone. */
const FOLD: Statement = {
  name: 'fold-outcomes',
  text: `
    with turn as materialized (
      select pg_try_advisory_xact_lock(${LOCKS.outcomes}) as ours, set_config('synchronous_commit', 'off', true)
    ), gone as (
      delete from outcome_changes where (select ours from turn) returning *
    ), old as (
      delete from outcome_rollups where (select ours from turn) and ${OLD}
    ), old_waits as (
      delete from delivery_waits where (select ours from turn) and ${OLD}
    ), waited as (
      insert into delivery_waits (span, bucket, step, recipients)
      select s.span, date_trunc(s.span::text, g.at), w.step, count(*)
      from gone g cross join unnest(g.waits) w(step) cross join unnest(enum_range(null::rollup_span)) s(span)
      group by 1, 2, 3
      on conflict (span, bucket, step) do update set recipients = delivery_waits.recipients + excluded.recipients
    )
    insert into outcome_rollups (span, bucket, ${KEY}, recipients)
    select s.span, date_trunc(s.span::text, g.at), ${KEY}, sum(recipients)
    from gone g cross join unnest(enum_range(null::rollup_span)) s(span)
    group by s.span, date_trunc(s.span::text, g.at), ${KEY}
    on conflict (span, bucket, ${KEY}) do update set recipients = outcome_rollups.recipients + excluded.recipients`,
};
