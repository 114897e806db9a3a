import type { DueQueue } from '@postern/queue';
import type { Pool } from 'pg';
import { run, type Statement } from '../connection/run.ts';

/** The queues in which something is due now, and since when the oldest of it is: one look at the index for each queue in which something waits. */
export async function dueQueues(pool: Pool): Promise<readonly DueQueue[]> {
  const rows = await run<readonly [number, Date]>(pool, DUE_QUEUES, []);
  return rows.map(([id, oldestDueAt]) => ({ id, oldestDueAt }));
}

/** From each queue in which something waits to the next one along the index; queues in which nothing waits cost nothing. */
export const DUE_QUEUES: Statement = {
  name: 'due-queues',
  text: `
    with recursive next as (
      (select queue_id, due_at from waiting_recipients order by queue_id, due_at limit 1)
      union all
      select w.queue_id, w.due_at from next n
      cross join lateral (
        select queue_id, due_at from waiting_recipients where queue_id > n.queue_id order by queue_id, due_at limit 1
      ) w
    )
    select n.queue_id, n.due_at from next n join delivery_queues q on q.id = n.queue_id
    where n.due_at <= now() and (q.suspended_at is null or q.suspended_until <= now())`,
};
