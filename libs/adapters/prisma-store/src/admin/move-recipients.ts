import type { Moved, RecipientMove } from '@postern/administration';
import { Prisma } from '../generated/client.ts';
import type { Db } from './client.ts';
import { endRecipients } from './end-recipients.ts';
import { BY_QUEUE, counted, takeWaiting } from './move-parts.ts';

/**
 * Moves recipients, those of `asked` (rows `queue_id, message_id, number`) that are in a state for it.
 *
 * A recipient that waits has a row in `waiting_recipients`; whoever removes that row moves it, so a lane that claims at the
 * same moment and an operator never move one recipient both. Rows that a lane claims just now are waited for, and gone then.
 */
export async function moveRecipients(db: Db, asked: Prisma.Sql, move: RecipientMove): Promise<Moved> {
  switch (move.kind) {
    case 'hold':
      return moved(db, hold(asked), 'nothing is due');
    case 'release':
      return moved(db, release(asked), 'due');
    case 'retry':
      return moved(db, retry(asked), 'due');
    case 'reroute':
      return moved(db, reroute(asked, move.queueId), 'due');
    case 'cancel':
    case 'bounce':
    case 'expire':
      return moved(db, endRecipients(asked, move), 'nothing is due');
  }
}

/** Statements answer `queue_id, recipients`, by the queue in which the recipients are then. */
async function moved(db: Db, statement: Prisma.Sql, then: 'due' | 'nothing is due'): Promise<Moved> {
  const rows = await db.$queryRaw<{ readonly queue_id: number; readonly recipients: number }[]>(statement);
  return {
    recipients: rows.reduce((sum, row) => sum + row.recipients, 0),
    queues: then === 'due' ? rows.map((row) => row.queue_id) : [],
  };
}

const hold = (asked: Prisma.Sql) => Prisma.sql`
  with asked as materialized (${asked}), gone as (${takeWaiting()}), changed as (
    update recipients r set state = 'held', aside = 'held' from gone g
    where r.message_id = g.message_id and r.number = g.number
    returning r.queue_id, g.state as was
  ), ${counted(Prisma.sql`'held'::recipient_state`)}
  ${BY_QUEUE}`;

const release = (asked: Prisma.Sql) => Prisma.sql`
  with asked as materialized (${asked}), changed as (
    update recipients r set aside = null,
      state = case when r.attempts = 0 then 'queued'::recipient_state else 'deferred'::recipient_state end
    from asked a
    where r.message_id = a.message_id and r.number = a.number and r.state = 'held'
    returning r.message_id, r.number, r.queue_id, r.state as now, 'held'::recipient_state as was
  ), waits as (
    insert into waiting_recipients (message_id, number, queue_id, state, due_at)
    -- RFC 4865 §3: what is to leave later still leaves later.
    select c.message_id, c.number, c.queue_id, c.now, greatest(now(), m.release_at)
    from changed c join messages m on m.id = c.message_id
  ), ${counted(Prisma.sql`now`)}
  ${BY_QUEUE}`;

/** What is due already stays as it is, and counts: its lanes are woken. */
const retry = (asked: Prisma.Sql) => Prisma.sql`
  with asked as materialized (${asked}), changed as (
    update waiting_recipients w set due_at = least(w.due_at, now()) from asked a
    where w.queue_id = a.queue_id and w.message_id = a.message_id and w.number = a.number
      and w.state = 'deferred'
    returning w.queue_id
  )
  ${BY_QUEUE}`;

/** Into another queue, what is deferred due at once; what is held stays held, there. */
const reroute = (asked: Prisma.Sql, queueId: number) => Prisma.sql`
  with asked as materialized (select * from (${asked}) a where a.queue_id <> ${queueId}::int),
  gone as (${takeWaiting()}), going as (
    select message_id, number, queue_id, state, case when state = 'queued' then due_at else now() end as due_at from gone
    union all
    select r.message_id, r.number, r.queue_id, r.state, now() from asked a
    join recipients r on r.message_id = a.message_id and r.number = a.number
    where r.state = 'held' and r.queue_id <> ${queueId}::int
  ), rerouted as (
    update recipients r set queue_id = ${queueId}::int from going g
    where r.message_id = g.message_id and r.number = g.number and r.state = g.state
    returning r.message_id, r.number, g.queue_id as was_in, r.state, g.due_at
  ), waits as (
    insert into waiting_recipients (message_id, number, queue_id, state, due_at)
    select message_id, number, ${queueId}::int, state, due_at from rerouted where state <> 'held'
  ), counts as (
    insert into queue_changes (queue_id, state, recipients)
    select was_in, state, -count(*)::int from rerouted group by was_in, state
    union all
    select ${queueId}::int, state, count(*)::int from rerouted group by state
  )
  select ${queueId}::int as queue_id, count(*)::int as recipients from rerouted having count(*) > 0`;
