import type { Pool } from 'pg';
import { run, type Statement } from '../connection/run.ts';
import { LOCKS } from '../connection/locks.ts';

/**
 * Adds up what statements appended to the counts, so that little has to be added up when someone asks. One process at a
 * time does it; the others leave it to that one. Counts are right before, meanwhile and after.
 */
export async function foldChanges(pool: Pool): Promise<void> {
  await run(pool, FOLD, []);
}

/** The number of the lock is ours alone. */
const FOLD: Statement = {
  name: 'fold-changes',
  text: `
    with turn as materialized (
      select pg_try_advisory_xact_lock(${LOCKS.queueChanges}) as ours, set_config('synchronous_commit', 'off', true)
    ), gone as (
      delete from queue_changes where (select ours from turn) returning queue_id, state, recipients, accepted
    )
    insert into queue_counts (queue_id, state, recipients, accepted)
    select queue_id, state, sum(recipients), sum(accepted) from gone group by queue_id, state
    having sum(recipients) <> 0 or sum(accepted) <> 0
    on conflict (queue_id, state) do update set
      recipients = queue_counts.recipients + excluded.recipients,
      accepted = queue_counts.accepted + excluded.accepted`,
};
