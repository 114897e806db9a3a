import { Prisma } from '../generated/client.ts';

/** Takes waiting recipients out of their queues. */
export function takeWaiting(): Prisma.Sql {
  return Prisma.sql`
    delete from waiting_recipients w using asked a
    where w.queue_id = a.queue_id and w.message_id = a.message_id and w.number = a.number
    returning w.message_id, w.number, w.queue_id, w.state, w.due_at`;
}

/** The changes of the counts: out of the state that each recipient was in, and into another. */
export function counted(now: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    counts as (
      insert into queue_changes (queue_id, state, recipients)
      select queue_id, was, -count(*)::int from changed group by queue_id, was
      union all
      select queue_id, ${now}, count(*)::int from changed group by 1, 2
    )`;
}

/** What was changed, by queue. */
export const BY_QUEUE = Prisma.sql`select queue_id, count(*)::int as recipients from changed group by queue_id`;
