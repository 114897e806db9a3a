import type { Pool } from 'pg';
import type { StoreLog } from '../connection/log.ts';
import { firstInPlan } from '../connection/first-in-plan.ts';
import { run, type Statement } from '../connection/run.ts';

/**
 * Takes away the leases that have ended: recipients that were still being sent under one become deferred, due at once,
 * and marked as maybe delivered, with an attempt that says so. Answers how many.
 *
 * A message that was lost so twice in a row, without any other outcome between, may be what crashes its worker: it is
 * tried apart from the others that were lost twice, which so show themselves innocent. What is lost then, and was the only
 * such message that its process had, is held, and the audit says so. Where there were several they are tried apart again,
 * fewer and further apart each time: a process that dies three times with thousands under way holds none of them, and
 * delays them by two minutes.
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
        'delivery was cut off at each of their starts, the last one apart from others: held, look at them',
      );
    if (leases < BATCH) break;
  }
  return recovered;
}

/** Most leases that end have nothing left in them. */
const BATCH = 200;
/** What is left over is for the next call: none should take long. */
const MAX_BATCHES = 50;

/** So many losses in a row isolate whatever else was lost with it. */
const MAX_LOSSES = 6;

/** How often in a row a recipient was lost: since the last attempt that had an outcome. */
function lossesOf(recipient: string): string {
  return `(
      select count(*) from attempts a
      where a.message_id = ${recipient}.message_id and a.number = ${recipient}.number and a.late and a.stage = 'internal'
        and a.attempt > coalesce((
          select max(o.attempt) from attempts o
          where o.message_id = a.message_id and o.number = a.number and not (o.late and o.stage = 'internal')), 0))`;
}

export const RECOVER: Statement = {
  name: 'recover-lost-leases',
  text: `
    with lost as (
      delete from leases where token = any(array(
        select token from leases where until < now() order by until limit $1::int for update skip locked))
      returning token, holder, claimed_at, message_ids, numbers
    ), leased as (
      select token, holder, claimed_at, unnest(message_ids) as message_id, unnest(numbers) as number from lost
    ), counted as materialized (
      select l.*, case when r.maybe_delivered then ${lossesOf('l')} else 0 end as losses
      from leased l cross join lateral (
        select maybe_delivered from recipients
        where message_id = l.message_id and number = l.number and lease_token = l.token and state = 'sending' offset 0
      ) r
    ), apart as (
      select distinct holder, message_id from counted where losses >= 2
    ), together as (
      select h.holder from (select distinct holder from apart) h
      cross join lateral (
        select message_id from apart a where a.holder = h.holder
        union
        select message_id from suspects s where s.holder = h.holder
        union
        select o.message_id
        from (
          select unnest(message_ids) as message_id, unnest(numbers) as number, token
          from leases where until >= now() and holder = h.holder
        ) o
        join recipients r on r.message_id = o.message_id and r.number = o.number
        where r.lease_token = o.token and r.state = 'sending' and r.maybe_delivered and ${lossesOf('o')} >= 2
      ) m group by h.holder having count(*) > 1
    ), blamed as (
      select c.*, c.losses >= ${MAX_LOSSES - 1} or (c.losses >= 2 and c.holder not in (select holder from together)) as guilty,
        case when c.losses > 0 then dense_rank() over (partition by c.losses > 0 order by c.message_id) else 0 end as place
      from counted c
    ), moved as (
      update recipients r set lease_token = null, maybe_delivered = true,
        state = case when b.guilty then 'held' else 'deferred' end::recipient_state,
        aside = case when b.guilty then 'held'::recipient_state end
      from (select * from blamed where ${firstInPlan('number')} order by message_id, number) b
      where r.message_id = b.message_id and r.number = b.number and r.lease_token = b.token and r.state = 'sending'
      returning r.message_id, r.number, r.queue_id, r.state, r.attempts, b.token, b.claimed_at, b.place, b.losses
    ), waiting as (
      insert into waiting_recipients (message_id, due_at, queue_id, state, number)
      select message_id,
        now() + place * least(10, 120.0 / greatest((select max(place) from moved), 1)) * interval '1 second',
        queue_id, 'deferred', number
      from moved where state = 'deferred'
    ), remembered as (
      insert into suspects (holder, message_id) select holder, message_id from apart on conflict do nothing
    ), forgotten as (
      delete from suspects where lost_at < now() - interval '1 day' and exists (select from lost)
    ), attempted as (
      insert into attempts (message_id, number, attempt, queue_id, lease_token, started_at, duration_ms, outcome, reply_from,
        reply_code, maybe_delivered, late, stage, steps_ms, reply_enhanced, reply_text, policy)
      select message_id, number, attempts, queue_id, token, claimed_at,
        least(extract(epoch from now() - claimed_at) * 1000, 2147483647)::int, 'deferred', 'local',
        451, true, true, 'internal', '{}', '4.3.0', 'The outcome is unknown: who was sending ended or was cut off'
          || case when state = 'held' then ', at each of ' || losses + 1 || ' starts: held' else '' end, ''
      from moved
    ), reported as (
      insert into audit_entries (actor_kind, actor_id, actor_name, action, subject_id, subject_name, reason, facts)
      select 'system', 'delivery', 'delivery', 'message.isolate', message_id::text, message_id::text,
        'Delivery was cut off at each of ' || max(losses) + 1 || ' starts',
        json_build_object('recipients', count(*), 'queueId', min(queue_id))
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
