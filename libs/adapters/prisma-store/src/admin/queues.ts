import type { Queue, QueueDetail, QueueFacts, QueueKey, QueueQuery, QueueReads } from '@postern/administration';
import { lanesOf, rateOf, rests } from '@postern/pace';
import { Prisma } from '../generated/client.ts';
import { instant, instantOrNull, type Db } from './client.ts';
import { SQL_ORDER, turned } from './order.ts';
import { pacedOf } from '../pace/pace-row.ts';
import { TAKEN_SEATS } from '../pace/taken-seats.ts';
import { columnsOf, type PaceRow, queueLimits, queuePace } from './queue-pace.ts';
import { queueObstacles } from './queue-obstacles.ts';
import { repliesOf } from './queue-replies.ts';

/** Delivery queues, read. The queues of a page are found first, and only these are looked at closely. */
export function queueReads(db: Db): QueueReads {
  const show = async (id: number): Promise<QueueFacts | undefined> => {
    const page = Prisma.sql`select ${id}::int as id, 0::int8 as place`;
    const [row] = await describe(db, page, Prisma.sql`queue_id = ${id}`);
    if (!row) return undefined;
    const [pace, domains, replies] = await Promise.all([queuePace(db, row), domainsOf(db, id), repliesOf(db, id)]);
    return { ...queueOf(row), pace, domains, replies };
  };
  return {
    listQueues: async (query) => (await describe(db, pageOf(query), Prisma.sql`true`)).map(queueOf),
    showQueue: show,
    queueObstacles: (id) => queueObstacles(db, id),
    queueLimits: (id) => queueLimits(db, id),
    async queueNamed(name) {
      const [found] = await db.$queryRaw<{ readonly id: number }[]>`
        select id from delivery_queues
        where name = ${name} or id = (select queue_id from domain_sites where domain = ${name})
        order by name = ${name} desc limit 1`;
      return found && show(found.id);
    },
  };
}

interface Row extends PaceRow {
  readonly id: number;
  readonly kind: Queue['kind'];
  readonly name: string;
  readonly queued: number;
  readonly sending: number;
  readonly deferred: number;
  readonly held: number;
  readonly oldest_accepted_at: Date | null;
  readonly next_due_at: Date | null;
  readonly suspended_at: Date | null;
  readonly suspended_until: Date | null;
  readonly suspended_by: string | null;
  readonly suspended_reason: string | null;
  readonly attempted_at: Date | null;
  readonly outcome: 'delivered' | 'deferred' | 'bounced' | 'expired';
  readonly host: string | null;
  readonly reply_from: 'remote' | 'local';
  readonly reply_code: number;
  readonly reply_enhanced: string | null;
  readonly reply_text: string;
}

/** The counts of queues, by the states in which something waits. */
const countsOf = (which: Prisma.Sql) => Prisma.sql`
  select queue_id,
    coalesce(sum(recipients) filter (where state = 'queued'), 0)::float8 as queued,
    coalesce(sum(recipients) filter (where state = 'sending'), 0)::float8 as sending,
    coalesce(sum(recipients) filter (where state = 'deferred'), 0)::float8 as deferred,
    coalesce(sum(recipients) filter (where state = 'held'), 0)::float8 as held
  from (select queue_id, state, recipients from queue_counts
        union all select queue_id, state, recipients from queue_changes) as counted
  where state in ('queued', 'sending', 'deferred', 'held') and ${which}
  group by queue_id`;

/** When the oldest message that waits in a queue was accepted: ids sort by that time. */
const OLDEST = Prisma.sql`
  select m.accepted_at from waiting_recipients w join messages m on m.id = w.message_id
  where w.queue_id = q.id order by w.message_id limit 1`;

const SUSPENDED = Prisma.sql`(q.suspended_at is not null and (q.suspended_until is null or q.suspended_until > now()))`;

/** The ids of a page and their places in it, by `counts`. */
function pageOf({ sort, order, show, kind, nameContains, after, limit }: QueueQuery): Prisma.Sql {
  const depth = Prisma.sql`(coalesce(c.queued, 0) + coalesce(c.sending, 0) + coalesce(c.deferred, 0) + coalesce(c.held, 0))`;
  const oldest = Prisma.sql`coalesce((${OLDEST}), 'infinity')`;
  const where = [
    Prisma.sql`true`,
    ...(show === 'waiting' ? [Prisma.sql`(${depth} > 0 or ${SUSPENDED})`] : []),
    ...(kind ? [Prisma.sql`q.kind = ${kind}::queue_kind`] : []),
    ...(nameContains ? [Prisma.sql`strpos(lower(q.name), ${nameContains.toLowerCase()}) > 0`] : []),
  ];
  const key = {
    depth,
    // The contract's instants have milliseconds, the column microseconds.
    oldest: Prisma.sql`date_trunc('milliseconds', ${oldest})`,
    name: Prisma.sql`q.name`,
  }[sort];
  // The older a message, the earlier it was accepted.
  const { behind, direction } = SQL_ORDER[sort === 'oldest' ? turned(order) : order];
  if (after) where.push(Prisma.sql`(${key}, q.id) ${behind} (${placeOf(after)}, ${after.id})`);
  return Prisma.sql`
    select q.id, row_number() over (order by ${key} ${direction}, q.id ${direction}) as place
    from delivery_queues q left join counts c on c.queue_id = q.id
    where ${Prisma.join(where, ' and ')}
    order by place limit ${limit}`;
}

function placeOf(after: QueueKey): Prisma.Sql {
  switch (after.sort) {
    case 'depth':
      return Prisma.sql`${after.depth}::float8`;
    case 'oldest':
      return Prisma.sql`${after.oldestAcceptedAt ?? 'infinity'}::timestamptz`;
    case 'name':
      return Prisma.sql`${after.name}`;
  }
}

/** How many lanes of each queue run. */
const RUNNING = Prisma.sql`
  select classid::int as queue_id, count(*)::int as running ${Prisma.raw(TAKEN_SEATS)} group by 1`;

/** What there is to say about the queues of a page, with the counts of `which` queues. */
function describe(db: Db, page: Prisma.Sql, which: Prisma.Sql): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    with counts as materialized (${countsOf(which)}),
    seats as materialized (${RUNNING})
    select q.id, q.kind::text, q.name,
      coalesce(c.queued, 0) as queued, coalesce(c.sending, 0) as sending,
      coalesce(c.deferred, 0) as deferred, coalesce(c.held, 0) as held,
      (${OLDEST}) as oldest_accepted_at,
      (select w.due_at from waiting_recipients w where w.queue_id = q.id order by w.due_at limit 1) as next_due_at,
      case when ${SUSPENDED} then q.suspended_at end as suspended_at, q.suspended_until, q.suspended_by, q.suspended_reason,
      a.started_at as attempted_at, a.outcome::text, a.host,
      a.reply_from::text, a.reply_code, a.reply_enhanced, a.reply_text,
      (extract(epoch from clock_timestamp()) * 1000)::float8 as now_ms, e.learned::text as learned,
      e.least_lanes, e.most_lanes, e.least_per_minute, e.most_per_minute, coalesce(s.running, 0) as running
    from (${page}) p
    join delivery_queues q on q.id = p.id
    left join paces e on e.queue_id = q.id
    left join seats s on s.queue_id = q.id
    left join counts c on c.queue_id = q.id
    left join lateral (
      select * from attempts a where a.queue_id = q.id order by a.started_at desc limit 1
    ) a on true
    order by p.place`;
}

function queueOf(row: Row): Queue {
  const { id, kind, name, queued, sending, deferred, held } = row;
  return {
    id,
    kind,
    name,
    counts: { queued, sending, deferred, held },
    oldestAcceptedAt: instantOrNull(row.oldest_accepted_at),
    nextDueAt: instantOrNull(row.next_due_at),
    suspended: row.suspended_at && {
      at: instant(row.suspended_at),
      until: instantOrNull(row.suspended_until),
      by: row.suspended_by ?? 'unknown',
      reason: row.suspended_reason,
    },
    lastAttempt: row.attempted_at && {
      at: instant(row.attempted_at),
      outcome: row.outcome,
      host: row.host,
      reply: { from: row.reply_from, code: row.reply_code, enhanced: row.reply_enhanced, text: row.reply_text },
    },
    sends: sendsOf(row),
  };
}

function sendsOf(row: Row): Queue['sends'] {
  const { now_ms, running } = row;
  const { pace, limits } = pacedOf(row.name, columnsOf(row));
  const resting = pace.restUntilMs !== undefined && rests(pace, now_ms);
  return {
    running,
    lanes: lanesOf(pace, limits),
    mostLanes: limits.lanes.most,
    perMinute: rateOf(pace, limits) ?? null,
    restUntil: resting ? new Date(pace.restUntilMs).toISOString() : null,
  };
}

/** How many waiting recipients are looked at, at most, to tell the domains of a queue. */
const DOMAIN_SAMPLE = 10_000;

async function domainsOf(db: Db, queueId: number): Promise<QueueDetail['domains']> {
  return db.$queryRaw<QueueDetail['domains']>`
    select r.domain, count(*)::float8 as recipients
    from (select message_id, number from waiting_recipients where queue_id = ${queueId} limit ${DOMAIN_SAMPLE}) w
    join recipients r on r.message_id = w.message_id and r.number = w.number
    group by r.domain order by recipients desc, r.domain limit 100`;
}
