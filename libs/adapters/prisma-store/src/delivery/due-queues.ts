import type { DueQueue } from '@postern/queue';
import type { Pool } from 'pg';
import { run, type Statement } from '../connection/run.ts';

/** The queues in which something is due now, and since when the oldest of it is: one look at the index for each queue. */
export async function dueQueues(pool: Pool): Promise<readonly DueQueue[]> {
  const rows = await run<readonly [number, Date]>(pool, DUE_QUEUES, []);
  return rows.map(([id, oldestDueAt]) => ({ id, oldestDueAt }));
}

export const DUE_QUEUES: Statement = {
  name: 'due-queues',
  text: `
    select q.id, w.due_at from delivery_queues q
    cross join lateral (select due_at from waiting_recipients where queue_id = q.id order by due_at limit 1) w
    where w.due_at <= now() and (q.suspended_at is null or q.suspended_until <= now())`,
};
