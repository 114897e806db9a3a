import type { SubmitterMail, SubmitterMailChanges } from '@postern/administration';
import { Prisma } from '../generated/client.ts';
import { tellSubmitterChanged } from '../work/submitter-channel.ts';
import type { Db } from './client.ts';

/** How much mail of a submitter has not ended. It costs as much as all that waits or is held, however much was sent before. */
export function submitterMail(db: Db): Pick<SubmitterMail, 'countOpenMail' | 'countSending'> {
  return {
    async countOpenMail(id) {
      const [row] = await db.$queryRaw<{ readonly open: number }[]>`
        select ((select count(*) from waiting_recipients w join messages m on m.id = w.message_id where ${of(id)})
          + (select count(*) from recipients r join messages m on m.id = r.message_id
             where r.aside = 'held' and ${of(id)}))::int as open`;
      return row?.open ?? 0;
    },

    async countSending(id) {
      const [row] = await db.$queryRaw<{ readonly sending: number }[]>`
        select count(*)::int as sending from leases l cross join lateral unnest(l.message_ids, l.numbers) s (message_id, number)
        join messages m on m.id = s.message_id
        join recipients r on r.message_id = s.message_id and r.number = s.number and r.lease_token = l.token
        where ${of(id)} and r.state = 'sending'`;
      return row?.sending ?? 0;
    },
  };
}

/** Mail of a submitter, commanded in batches. Like a lane, it moves a recipient by taking its waiting row away. */
export function submitterMailChanges(db: Db): SubmitterMailChanges {
  return {
    async releaseSubmitter(kind, id) {
      const data = { heldSince: null, releasedAt: new Date() };
      const where = { id, heldSince: { not: null } };
      const released =
        kind === 'credential'
          ? await db.credential.updateMany({ where, data })
          : await db.listedNetwork.updateMany({ where, data });
      if (released.count === 0) return false;
      // This hour was as it should be, and the networks of today are usual: from now on another hour is counted.
      await db.$executeRaw`
        update submitter_hours set hour = date_trunc('milliseconds', now()) - interval '1 hour'
        where submitter_id = ${id}::uuid and hour = date_trunc('hour', now())`;
      await db.$executeRaw`
        update submitter_networks set first_at = least(first_at, now() - interval '2 days') where submitter_id = ${id}::uuid`;
      await tellSubmitterChanged(db, id);
      return true;
    },

    async holdMailOf(id, most) {
      return countOf(
        await db.$queryRaw<Count[]>`
          with gone as (${takeWaiting(id, most)}),
          changed as (
            update recipients r set state = 'held', aside = 'held' from gone g
            where r.message_id = g.message_id and r.number = g.number
            returning r.queue_id, g.state as was
          ), ${counts(Prisma.sql`'held'::recipient_state`)}
          select count(*)::int as moved from changed`,
      );
    },

    async cancelMailOf(id, most) {
      return countOf(
        await db.$queryRaw<Count[]>`
          with gone as (${takeWaiting(id, most)}),
          held as (
            select r.message_id, r.number, r.state from recipients r join messages m on m.id = r.message_id
            where r.aside = 'held' and ${of(id)} limit ${most}::int for update of r skip locked
          ), chosen as (
            select message_id, number, state from gone union all select message_id, number, state from held
          ), changed as (
            update recipients r set state = 'cancelled', aside = 'cancelled', ended_at = now() from chosen c
            where r.message_id = c.message_id and r.number = c.number and r.state = c.state
            returning r.message_id, r.siblings, r.queue_id, c.state as was
          ), ${counts(Prisma.sql`'cancelled'::recipient_state`)},
          emptied as (
            delete from contents c using changed e where c.message_id = e.message_id and e.siblings = 1
          ), locked as (
            select id from messages where id in (select message_id from changed where siblings > 1) order by id for update
          ), closed as (
            update messages m set open_recipients = m.open_recipients - e.recipients
            from (select message_id, count(*) as recipients from changed where siblings > 1 group by message_id) e, locked l
            where m.id = e.message_id and l.id = m.id
            returning m.id, m.open_recipients
          ), emptied_last as (
            delete from contents c using closed m where c.message_id = m.id and m.open_recipients = 0
          )
          select count(*)::int as moved from changed`,
      );
    },

    async releaseMailOf(id, { since, most }) {
      const rows = await db.$queryRaw<{ readonly queue_id: number; readonly moved: number }[]>`
        with chosen as (
          select r.message_id, r.number from recipients r join messages m on m.id = r.message_id
          where r.aside = 'held' and ${of(id)} and m.accepted_at >= ${since}
          limit ${most}::int for update of r skip locked
        ), changed as (
          update recipients r set aside = null,
            state = case when r.attempts = 0 then 'queued'::recipient_state else 'deferred'::recipient_state end
          from chosen c where r.message_id = c.message_id and r.number = c.number and r.state = 'held'
          returning r.message_id, r.number, r.queue_id, r.state as now, 'held'::recipient_state as was
        ), waits as (
          insert into waiting_recipients (message_id, number, queue_id, state, due_at)
          select message_id, number, queue_id, now, now() from changed
        ), ${counts(Prisma.sql`now`)}
        select queue_id, count(*)::int as moved from changed group by queue_id`;
      return {
        recipients: rows.reduce((sum, { moved }) => sum + moved, 0),
        queues: rows.map(({ queue_id }) => queue_id),
      };
    },
  };
}

interface Count {
  readonly moved: number;
}

function countOf([row]: readonly Count[]): number {
  return row?.moved ?? 0;
}

/** Messages `m` of a submitter: a credential or a listed network. */
function of(id: string): Prisma.Sql {
  return Prisma.sql`(m.credential_id = ${id}::uuid or m.network_id = ${id}::uuid)`;
}

/** What a lane claims just now is gone already, and left to it. */
function takeWaiting(id: string, most: number): Prisma.Sql {
  return Prisma.sql`
    delete from waiting_recipients where ctid = any(array(
      select w.ctid from waiting_recipients w join messages m on m.id = w.message_id
      where ${of(id)} limit ${most}::int for update of w skip locked))
    returning message_id, number, state`;
}

/** The changes of the counts: out of the state that each recipient was in, and into another. */
function counts(now: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    counts as (
      insert into queue_changes (queue_id, state, recipients)
      select queue_id, was, -count(*)::int from changed group by queue_id, was
      union all
      select queue_id, ${now}, count(*)::int from changed group by 1, 2
    )`;
}
