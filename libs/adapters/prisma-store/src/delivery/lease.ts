import type { Pool } from 'pg';
import { run, type Statement } from '../connection/run.ts';

/** Prolongs a lease by `leaseMs` from now. False: it was taken away, and its recipients are no longer ours. */
export async function prolong(pool: Pool, leaseToken: string, leaseMs: number): Promise<boolean> {
  return (await run(pool, PROLONG, [leaseToken, leaseMs])).length === 1;
}

export const PROLONG: Statement = {
  name: 'prolong',
  text: `
    update leases set until = now() + $2::int * interval '1 millisecond' where token = $1::uuid returning true`,
};

/**
 * Takes away the leases that have ended: recipients that were still being sent under one become deferred, due at once,
 * and marked as maybe delivered, with an attempt that says so. Answers how many.
 */
export async function recoverLostLeases(pool: Pool): Promise<number> {
  let recovered = 0;
  for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
    const rows = await run<readonly [leases: number, recipients: number]>(pool, RECOVER, [BATCH]);
    const [leases = 0, recipients = 0] = rows[0] ?? [];
    recovered += recipients;
    if (leases < BATCH) break;
  }
  return recovered;
}

/** Most leases that end have nothing left in them. */
const BATCH = 200;
/** What is left over is for the next call: none should take long. */
const MAX_BATCHES = 50;

export const RECOVER: Statement = {
  name: 'recover-lost-leases',
  text: `
    with lost as (
      delete from leases where token = any(array(
        select token from leases where until < now() order by until limit $1::int for update skip locked))
      returning token, claimed_at, message_ids, numbers
    ), leased as (
      select token, claimed_at, unnest(message_ids) as message_id, unnest(numbers) as number from lost
    ), moved as (
      update recipients r set state = 'deferred', lease_token = null, maybe_delivered = true
      from (select * from leased order by message_id, number) l
      where r.message_id = l.message_id and r.number = l.number and r.lease_token = l.token and r.state = 'sending'
      returning r.message_id, r.number, r.queue_id, r.attempts, l.token, l.claimed_at
    ), waiting as (
      insert into waiting_recipients (message_id, due_at, queue_id, state, number)
      select message_id, now(), queue_id, 'deferred', number from moved
    ), attempted as (
      insert into attempts (message_id, number, attempt, queue_id, lease_token, started_at, duration_ms, outcome, reply_from,
        reply_code, maybe_delivered, late, stage, steps_ms, reply_enhanced, reply_text, policy)
      select message_id, number, attempts, queue_id, token, claimed_at,
        least(extract(epoch from now() - claimed_at) * 1000, 2147483647)::int, 'deferred', 'local',
        451, true, true, 'internal', '{}', '4.3.0', 'The outcome is unknown: who was sending ended or was cut off', ''
      from moved
    ), changed as (
      insert into queue_changes (queue_id, state, recipients)
      select queue_id, 'deferred'::recipient_state, count(*) from moved group by queue_id
      union all
      select queue_id, 'sending', -count(*) from moved group by queue_id
    )
    select (select count(*) from lost), (select count(*) from moved)`,
};
