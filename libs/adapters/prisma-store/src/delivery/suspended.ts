import type { Pool } from 'pg';
import { run, type Statement } from '../connection/run.ts';
import { waitingQueues } from './waiting-queues.ts';

/** Nothing at all is to be sent. */
export const ALL_SUSPENDED = `
  exists (select from suspensions where scope = 'all' and until > now() and lifted_at is null)`;

/** Whether a suspension `s` is about a recipient `r` of a message `m`. */
export const MATCHES = `
  s.until > now() and s.lifted_at is null and case s.scope
    when 'credential' then m.credential_id::text = s.subject
    when 'sender' then case
      when s.subject = '' then m.reverse_path = ''
      when s.subject like '@*.%' then right(lower(m.reverse_path), length(s.subject) - 2) = substr(s.subject, 3)
      when s.subject like '@%' then right(lower(m.reverse_path), length(s.subject)) = s.subject
      else lower(m.reverse_path) = s.subject end
    when 'domain' then case
      when s.subject like '*.%' then right(r.domain, length(s.subject) - 1) = substr(s.subject, 2)
      else r.domain = s.subject end
    else false end`;

/**
 * Whether a row of `waiting_recipients` is not kept back by the suspension of its credential, sender or domain. While there
 * is no suspension, this is one look at an empty table for the whole claim. A scalar subquery, because `exists` may be
 * planned as one read of all recipients for the whole claim.
 */
export function notSuspended(waiting: string): string {
  return `(
    (select not exists (select from suspensions where until > now() and lifted_at is null)) or (
      select true from suspensions s, recipients r, messages m
      where r.message_id = ${waiting}.message_id and r.number = ${waiting}.number and m.id = ${waiting}.message_id and ${MATCHES}
      limit 1
    ) is null)`;
}

/** Where a look through everything that is due has come to. */
export interface ParkingPlace {
  queueId: number;
  dueAt: Date | string;
}

const PIECE = 5_000;
/** How long one round may take: a sweep does other things as well. */
const BUDGET_MS = 400;

/**
 * Sets aside what is suspended: it becomes due when its suspension ends, so that no claim comes upon it again. And makes
 * due what waited for a suspension that was lifted. Exact it is in the claim; this keeps claims cheap.
 */
export async function parkSuspended(pool: Pool, place: ParkingPlace): Promise<void> {
  const [row] = await run<readonly [open: boolean, lifted: boolean]>(pool, ANY, []);
  const [open = false, lifted = false] = row ?? [];
  const until = performance.now() + BUDGET_MS;
  while (lifted && performance.now() < until) if (!(await unpark(pool))) break;
  while (open && performance.now() < until) if (!(await park(pool, place))) break;
}

/** One piece of what is due, from where the last one ended; false at the end of it all. */
async function park(pool: Pool, place: ParkingPlace): Promise<boolean> {
  const [row] = await run<readonly [looked: number, queueId: number | null, dueAt: Date | null]>(pool, PARK, [
    place.queueId,
    place.dueAt,
    PIECE,
  ]);
  const [looked = 0, queueId = null, dueAt = null] = row ?? [];
  if (looked < PIECE || queueId === null || dueAt === null) {
    place.queueId = 0;
    place.dueAt = '-infinity';
    return false;
  }
  // Of one moment there may be more than a piece: a millisecond further, what was skipped comes in the next round.
  const stuck = queueId === place.queueId && place.dueAt instanceof Date && dueAt <= place.dueAt;
  place.queueId = queueId;
  place.dueAt = stuck ? new Date(dueAt.getTime() + 1) : dueAt;
  return true;
}

async function unpark(pool: Pool): Promise<boolean> {
  const [row] = await run<readonly [number]>(pool, UNPARK, [PIECE]);
  if ((row?.[0] ?? 0) > 0) return true;
  await run(pool, FORGET, []);
  return false;
}

const ANY: Statement = {
  name: 'any-suspensions',
  text: `
    select coalesce(bool_or(lifted_at is null and until > now()), false),
      coalesce(bool_or(lifted_at is not null or until <= now()), false)
    from suspensions`,
};

const PARK: Statement = {
  name: 'park-suspended',
  text: `
    with recursive ${waitingQueues({ column: 'due_at', from: '$1::int' })}, piece as materialized (
      select w.* from next n
      cross join lateral (
        select ctid as place, queue_id, due_at, message_id, number from waiting_recipients
        where queue_id = n.queue_id and due_at <= now()
          and due_at >= case when n.queue_id = $1::int then $2::timestamptz else '-infinity' end
        order by due_at limit $3::int
      ) w limit $3::int
    ), suspended as (
      select p.place, p.due_at, max(s.until) as until
      from piece p join recipients r on r.message_id = p.message_id and r.number = p.number
      join messages m on m.id = p.message_id join suspensions s on ${MATCHES}
      group by p.place, p.due_at
    ), parked as (
      update waiting_recipients w set due_at = s.until, ready_at = null from suspended s
      where w.ctid = s.place and w.due_at = s.due_at
    )
    select count(*)::int, (array_agg(queue_id order by queue_id desc, due_at desc))[1],
      (array_agg(due_at order by queue_id desc, due_at desc))[1] from piece`,
};

const UNPARK: Statement = {
  name: 'unpark-suspended',
  text: `
    with recursive ${waitingQueues({ column: 'due_at' })}, parked as (
      select w.place from suspensions s cross join next n
      cross join lateral (
        select ctid as place from waiting_recipients where queue_id = n.queue_id and due_at = s.until limit $1::int
      ) w
      where s.lifted_at is not null limit $1::int
    ), made_due as (
      update waiting_recipients set due_at = now() where ctid = any(array(select place from parked)) returning 1
    )
    select count(*)::int from made_due`,
};

/** What has ended and what was lifted, when nothing waits for it any more. */
const FORGET: Statement = {
  name: 'forget-suspensions',
  text: `delete from suspensions where lifted_at is not null or until <= now()`,
};
