import type { Pool } from 'pg';
import type { StoreLog } from '../connection/log.ts';
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
 *
 * One that was lost so at three starts may be what crashes its worker: it is held, and the audit says so. After the second
 * time each is tried alone, well apart from the others that were lost with it, so that those show themselves innocent.
 */
export async function recoverLostLeases(pool: Pool, log: StoreLog): Promise<number> {
  let recovered = 0;
  for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
    const rows = await run<readonly [leases: number, recipients: number, isolated: string | null]>(pool, RECOVER, [
      BATCH,
    ]);
    const [leases = 0, recipients = 0, isolated = null] = rows[0] ?? [];
    recovered += recipients;
    if (isolated !== null)
      log.warn(
        { recipientIds: isolated.split(' ') },
        'delivery was cut off at each of three starts: held, look at them',
      );
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
    ), suspect as (
      select l.*, count(a.lease_token) as losses
      from leased l left join attempts a
        on a.message_id = l.message_id and a.number = l.number and a.late and a.stage = 'internal'
      group by l.token, l.claimed_at, l.message_id, l.number
    ), moved as (
      update recipients r set lease_token = null, maybe_delivered = true,
        state = case when l.losses >= 2 then 'held' else 'deferred' end::recipient_state,
        aside = case when l.losses >= 2 then 'held'::recipient_state end
      from (select * from suspect order by message_id, number) l
      where r.message_id = l.message_id and r.number = l.number and r.lease_token = l.token and r.state = 'sending'
      returning r.message_id, r.number, r.queue_id, r.state, r.attempts, l.token, l.claimed_at, l.losses
    ), waiting as (
      insert into waiting_recipients (message_id, due_at, queue_id, state, number)
      select message_id,
        now() + case when losses = 0 then 0 else row_number() over (partition by losses order by message_id, number) end
          * interval '10 seconds',
        queue_id, 'deferred', number
      from moved where state = 'deferred'
    ), attempted as (
      insert into attempts (message_id, number, attempt, queue_id, lease_token, started_at, duration_ms, outcome, reply_from,
        reply_code, maybe_delivered, late, stage, steps_ms, reply_enhanced, reply_text, policy)
      select message_id, number, attempts, queue_id, token, claimed_at,
        least(extract(epoch from now() - claimed_at) * 1000, 2147483647)::int, 'deferred', 'local',
        451, true, true, 'internal', '{}', '4.3.0', 'The outcome is unknown: who was sending ended or was cut off'
          || case when state = 'held' then ', at each of three starts: held' else '' end, ''
      from moved
    ), reported as (
      insert into audit_entries (actor_kind, actor_id, actor_name, action, subject_id, subject_name, reason, facts)
      select 'system', 'delivery', 'delivery', 'message.isolate', message_id::text, message_id::text,
        'Delivery was cut off at each of three starts', json_build_object('recipients', count(*), 'queueId', min(queue_id))
      from moved where state = 'held' group by message_id
    ), changed as (
      insert into queue_changes (queue_id, state, recipients)
      select queue_id, state, count(*) from moved group by queue_id, state
      union all
      select queue_id, 'sending', -count(*) from moved group by queue_id
    )
    select (select count(*) from lost), (select count(*) from moved),
      (select string_agg(message_id || '.' || number, ' ') from moved where state = 'held')`,
};
