import type { MessageChanges, Moved } from '@postern/administration';
import { Prisma } from '../generated/client.ts';
import type { Db } from './client.ts';

/**
 * Messages, commanded. A recipient that waits has a row in `waiting_recipients`; whoever removes that row moves it, so a
 * lane that claims at the same moment and an operator never move one recipient both.
 */
export function messageChanges(db: Db): MessageChanges {
  return {
    holdMessage: (id) =>
      moved(
        db,
        Prisma.sql`
          with gone as (${takeWaiting(id)}),
          changed as (
            update recipients r set state = 'held', aside = 'held' from gone g
            where r.message_id = g.message_id and r.number = g.number
            returning r.queue_id, g.state as was
          ), ${counted(Prisma.sql`'held'::recipient_state`)}
          select queue_id from changed`,
      ).then((result) => ({ ...result, queues: [] })),

    releaseMessage: (id) =>
      moved(
        db,
        Prisma.sql`
          with changed as (
            update recipients r set aside = null,
              state = case when r.attempts = 0 then 'queued'::recipient_state else 'deferred'::recipient_state end
            where r.message_id = ${id}::uuid and r.state = 'held'
            returning r.message_id, r.number, r.queue_id, r.state as now, 'held'::recipient_state as was
          ), waits as (
            insert into waiting_recipients (message_id, number, queue_id, state, due_at)
            select message_id, number, queue_id, now, greatest(now(), (select release_at from messages where id = ${id}::uuid))
            from changed
          ), ${counted(Prisma.sql`now`)}
          select queue_id from changed`,
      ),

    async cancelMessage(id) {
      const result = await moved(
        db,
        Prisma.sql`
          with gone as (${takeWaiting(id)}),
          changed as (
            update recipients r set state = 'cancelled', aside = 'cancelled', ended_at = now()
            from recipients o left join gone g on g.message_id = o.message_id and g.number = o.number
            where o.message_id = ${id}::uuid and r.message_id = o.message_id and r.number = o.number
              and r.state = o.state and (g.number is not null or o.state = 'held')
            returning r.queue_id, coalesce(g.state, 'held'::recipient_state) as was
          ), ${counted(Prisma.sql`'cancelled'::recipient_state`)}
          select queue_id from changed`,
      );
      if (result.recipients > 0) await closeContent(db, id, result.recipients);
      return { recipients: result.recipients, queues: [] };
    },

    retryMessage: (id) =>
      moved(
        db,
        Prisma.sql`
          update waiting_recipients w set due_at = least(w.due_at, now()) from recipients r
          where r.message_id = ${id}::uuid and r.state = 'deferred'
            and w.queue_id = r.queue_id and w.message_id = r.message_id and w.number = r.number
          returning w.queue_id`,
      ),
  };
}

/** Takes the waiting recipients of a message out of their queues; rows that a lane claims just now are waited for, and gone then. */
function takeWaiting(id: string): Prisma.Sql {
  return Prisma.sql`
    delete from waiting_recipients w using recipients r
    where r.message_id = ${id}::uuid and r.state in ('queued', 'deferred')
      and w.queue_id = r.queue_id and w.message_id = r.message_id and w.number = r.number
    returning w.message_id, w.number, w.queue_id, w.state`;
}

/** The changes of the counts: out of the state that each recipient was in, and into another. */
function counted(now: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    counts as (
      insert into queue_changes (queue_id, state, recipients)
      select queue_id, was, -count(*)::int from changed group by queue_id, was
      union all
      select queue_id, ${now}, count(*)::int from changed group by 1, 2
    )`;
}

async function moved(db: Db, statement: Prisma.Sql): Promise<Moved> {
  const rows = await db.$queryRaw<{ readonly queue_id: number }[]>(statement);
  return { recipients: rows.length, queues: [...new Set(rows.map((row) => row.queue_id))] };
}

/** Removes the content of a message whose last recipient has ended. */
async function closeContent(db: Db, id: string, ended: number): Promise<void> {
  const rows = await db.$queryRaw<{ readonly recipients: number; readonly open: number }[]>`
    update messages set open_recipients = open_recipients - case when recipients > 1 then ${ended}::int else 0 end
    where id = ${id}::uuid returning recipients, open_recipients as open`;
  const [message] = rows;
  if (message && (message.recipients === 1 || message.open === 0)) {
    await db.$executeRaw`delete from contents where message_id = ${id}::uuid`;
  }
}
