import type { QueueTrouble, VolumeReads } from '@postern/administration';
import { Prisma } from '../generated/client.ts';
import { instant, instantOrNull, type Db } from './client.ts';

const DAY_MS = 86_400_000;
/** Attempts of a queue that are looked at, at most, to find the last one that failed. */
const LOOKED_AT = 500;

/** The queues with the most failures over a time, then the busiest; only these are looked at closely. */
export async function troubles(
  db: Db,
  { since, until, limit }: Parameters<VolumeReads['troubles']>[0],
): Promise<readonly QueueTrouble[]> {
  const lengthMs = until.getTime() - since.getTime();
  const span = lengthMs < DAY_MS / 2 ? 'minute' : lengthMs <= 31 * DAY_MS ? 'hour' : 'day';
  const rows = await db.$queryRaw<Row[]>`
    with each_outcome as materialized (
      select queue_id, outcome, class, sum(recipients) as recipients
      from (
        select queue_id, outcome, class, recipients from outcome_rollups
        where span = ${span}::rollup_span and bucket >= ${since}
        union all
        select queue_id, outcome, class, recipients from outcome_changes where at >= ${since}
      ) o group by 1, 2, 3
    ), each_queue as (
      select queue_id, ${sums()},
        sum(recipients) filter (where outcome in ('deferred', 'bounced', 'expired')) as failed
      from each_outcome group by 1
    )
    select q.id, q.kind::text, q.name, e.delivered, e.deferred, e.bounced, e.expired, e.complained,
      (select coalesce(json_agg(json_build_object('class', class, 'recipients', recipients)), '[]') from (
        select class, sum(recipients)::float8 as recipients from each_outcome c
        where c.queue_id = q.id and class <> '' group by 1 order by 2 desc limit 3) top) as classes,
      (select coalesce(sum(recipients), 0)::float8 from (
        select recipients, state from queue_counts where queue_id = q.id
        union all select recipients, state from queue_changes where queue_id = q.id) c
        where state in ('queued', 'sending', 'deferred', 'held')) as waiting,
      (q.suspended_at is not null and (q.suspended_until is null or q.suspended_until > now())) as suspended,
      (select rest_until from paces p where p.queue_id = q.id and rest_until > now()) as rest_until,
      a.started_at, a.host, a.bounce_class, a.reply_from::text, a.reply_code, a.reply_enhanced, a.reply_text
    from each_queue e
    join delivery_queues q on q.id = e.queue_id
    left join lateral (
      select * from (
        select * from attempts a where a.queue_id = q.id and a.started_at >= ${since}
        order by a.started_at desc limit ${LOOKED_AT}
      ) lately where outcome <> 'delivered' order by started_at desc limit 1
    ) a on coalesce(e.failed, 0) > 0
    order by coalesce(e.failed, 0) desc, e.delivered desc, q.id limit ${limit}`;
  return rows.map(troubleOf);
}

interface Row {
  readonly id: number;
  readonly kind: QueueTrouble['queue']['kind'];
  readonly name: string;
  readonly delivered: number;
  readonly deferred: number;
  readonly bounced: number;
  readonly expired: number;
  readonly complained: number;
  readonly classes: QueueTrouble['classes'];
  readonly waiting: number;
  readonly suspended: boolean;
  readonly rest_until: Date | null;
  readonly started_at: Date | null;
  readonly host: string | null;
  readonly bounce_class: string | null;
  readonly reply_from: 'remote' | 'local';
  readonly reply_code: number;
  readonly reply_enhanced: string | null;
  readonly reply_text: string;
}

function sums(): Prisma.Sql {
  const outcomes = ['delivered', 'deferred', 'bounced', 'expired', 'complained'];
  return Prisma.join(
    outcomes.map(
      (each) =>
        Prisma.sql`coalesce(sum(recipients) filter (where outcome = ${each}), 0)::float8 as ${Prisma.raw(each)}`,
    ),
  );
}

function troubleOf(row: Row): QueueTrouble {
  const { id, kind, name, delivered, deferred, bounced, expired, complained, classes, waiting, suspended } = row;
  return {
    queue: { id, kind, name },
    delivered,
    deferred,
    bounced,
    expired,
    complained,
    classes,
    waiting: Math.max(0, waiting),
    suspended,
    restUntil: instantOrNull(row.rest_until),
    lastFailure: row.started_at && {
      at: instant(row.started_at),
      host: row.host,
      class: row.bounce_class,
      reply: { from: row.reply_from, code: row.reply_code, enhanced: row.reply_enhanced, text: row.reply_text },
    },
  };
}
