import type { LateMail, MessageId, QueueId } from '@postern/queue';
import type { Pool } from 'pg';
import { run, type Statement } from '../connection/run.ts';

/** Messages in one look; the others come with the next. */
const AT_ONCE = 200;

/** What waits although its sender wants it back by now, by queue. Each is looked at again later, until its last recipient has ended. */
export async function lateMail(pool: Pool): Promise<readonly LateMail[]> {
  const byQueue = new Map<QueueId, MessageId[]>();
  for (const [queueId, messageId] of await run<readonly [QueueId, MessageId]>(pool, LATE_MAIL, [AT_ONCE]))
    byQueue.set(queueId, [...(byQueue.get(queueId) ?? []), messageId]);
  return [...byQueue].map(([queueId, messageIds]) => ({ queueId, messageIds }));
}

/** One look at a table that is empty where nobody asks for BY=…;R. */
export const LATE_MAIL: Statement = {
  name: 'late-mail',
  text: `
    with late as materialized (
      select message_id from deadlines where at <= now() order by at limit $1::int for update skip locked
    ), open as materialized (
      select l.message_id, r.queue_id, r.state from late l
      cross join lateral (
        select queue_id, state from recipients
        where message_id = l.message_id and state in ('queued', 'deferred', 'sending', 'held')
      ) r
    ), again as (
      update deadlines set at = now() + interval '10 seconds'
      where message_id = any(array(select message_id from open))
    ), over as (
      delete from deadlines
      where message_id = any(array(select message_id from late except select message_id from open))
    )
    select distinct queue_id, message_id from open where state in ('queued', 'deferred')`,
};
