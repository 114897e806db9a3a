import type { DueQueue, QueueId } from '@postern/queue';
import type { Pool } from 'pg';
import { int4s } from '../connection/arrays.ts';
import { run, type Statement } from '../connection/run.ts';
import { LONGEST_STAND_BACK } from './claim-statements.ts';
import { ALL_SUSPENDED } from './suspended.ts';
import { waitingQueues } from './waiting-queues.ts';

/**
 * The queues in which something is due now, and since when the oldest of it is: one look at the index for each queue in
 * which something waits, or only for those that are asked about. Queues that are suspended or rest are left out.
 */
export async function dueQueues(pool: Pool, among?: readonly QueueId[]): Promise<readonly DueQueue[]> {
  if (among?.length === 0) return [];
  const rows = await (among === undefined
    ? run<readonly [number, Date]>(pool, DUE_QUEUES, [])
    : run<readonly [number, Date]>(pool, DUE_AMONG, [int4s(among)]));
  return rows.map(([id, oldestDueAt]) => ({ id, oldestDueAt }));
}

const OPEN = `
    from due d join delivery_queues q on q.id = d.queue_id
    where (q.suspended_at is null or q.suspended_until <= now()) and not ${ALL_SUSPENDED}
      and not exists (select from paces p where p.queue_id = d.queue_id and p.rest_until > now())`;

/** Those of low priority are ready before they are due: they have an index of their own. */
export const DUE_QUEUES: Statement = {
  name: 'due-queues',
  text: `
    with recursive ${waitingQueues({ column: 'due_at' })},
    ${waitingQueues({ name: 'next_low', column: 'due_at', where: 'ready_at is not null' })}, ready as (
      select n.queue_id, w.ready_at as due_at from next_low n
      cross join lateral (
        select ready_at from waiting_recipients
        where queue_id = n.queue_id and ready_at <= now() and due_at <= now() + ${LONGEST_STAND_BACK}
        order by due_at limit 1
      ) w
    ), due as (
      select queue_id, min(due_at) as since from (select * from next union all select * from ready) n
      where due_at <= now() group by queue_id
    )
    select d.queue_id, d.since ${OPEN}`,
};

/** The same for some queues. */
export const DUE_AMONG: Statement = {
  name: 'due-among',
  text: `
    with among as (
      select unnest($1::int[]) as queue_id
    ), due as (
      select a.queue_id, least(d.due_at, r.ready_at) as since from among a
      left join lateral (
        select due_at from waiting_recipients where queue_id = a.queue_id and due_at <= now() order by due_at limit 1
      ) d on true
      left join lateral (
        select ready_at from waiting_recipients
        where queue_id = a.queue_id and ready_at <= now() and due_at <= now() + ${LONGEST_STAND_BACK}
        order by due_at limit 1
      ) r on d.due_at is null
      where d.due_at is not null or r.ready_at is not null
    )
    select d.queue_id, d.since ${OPEN}`,
};
