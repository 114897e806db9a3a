import type { LateLook, MessageId, QueueId } from '@postern/queue';
import type { Pool } from 'pg';
import { instants, uuids } from '../connection/arrays.ts';
import { run, type Statement } from '../connection/run.ts';

/** Messages in one look; the others come with the next. */
const AT_ONCE = 200;

/** What waits although it is to be returned by now, by queue. Each is looked at again later, until its last recipient has ended. */
export async function lateMail(pool: Pool): Promise<LateLook> {
  const byQueue = new Map<QueueId, MessageId[]>();
  let looked = 0;
  for (const [queueId, messageId, count] of await run<LateRow>(pool, LATE_MAIL, [AT_ONCE])) {
    looked = count;
    if (queueId !== null && messageId !== null) byQueue.set(queueId, [...(byQueue.get(queueId) ?? []), messageId]);
  }
  return { mail: [...byQueue].map(([queueId, messageIds]) => ({ queueId, messageIds })), full: looked >= AT_ONCE };
}

type LateRow = readonly [queueId: QueueId | null, messageId: MessageId | null, looked: number];

/** Sets when messages are to be looked at next; those without a time are to be returned at none. */
export async function lookAgain(
  pool: Pool,
  messages: readonly { readonly id: MessageId; readonly at: Date | undefined }[],
): Promise<void> {
  if (messages.length === 0) return;
  await run(pool, LOOK_AGAIN, [uuids(messages.map(({ id }) => id)), instants(messages.map(({ at }) => at))]);
}

const LOOK_AGAIN: Statement = {
  name: 'late-mail-again',
  text: `
    with next as (
      select id, max(at) as at from unnest($1::uuid[], $2::timestamptz[]) as n (id, at) group by id
    ), never as (
      delete from deadlines d using next n where d.message_id = n.id and n.at is null
    )
    update deadlines d set at = n.at from next n where d.message_id = n.id and n.at is not null`,
};

/** One look at a table that is empty where nobody asks for BY=…;R, and nothing is overdue. What is held may wait for long. */
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
        offset 0
      ) r
    ), again as (
      update deadlines d set at = now() + case when o.held then interval '5 minutes' else interval '10 seconds' end
      from (select message_id, bool_and(state = 'held') as held from open group by message_id) o
      where d.message_id = o.message_id
    ), over as (
      delete from deadlines
      where message_id = any(array(select message_id from late except select message_id from open))
    )
    select w.queue_id, w.message_id, l.count::int
    from (select count(*) as count from late) l
    left join (select distinct queue_id, message_id from open where state in ('queued', 'deferred')) w on true`,
};
