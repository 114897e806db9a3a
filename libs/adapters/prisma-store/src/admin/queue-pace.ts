import type { PaceCause, QueueLimits, QueueLimitsSet, QueuePace } from '@postern/administration';
import {
  type Cause,
  lanesGrowAtMs,
  lanesOf,
  type Paced,
  providerNamed,
  RATE_LASTS_MS,
  rateOf,
  rests,
} from '@postern/pace';
import { Prisma } from '../generated/client.ts';
import { type PaceColumns, pacedOf } from '../pace/pace-row.ts';
import { TAKEN_SEATS } from '../pace/taken-seats.ts';
import { instantOrNull, type Db } from './client.ts';

/** What `paces` says of a queue, and how many of its lanes run. */
export interface PaceRow {
  readonly now_ms: number;
  readonly learned: string | null;
  readonly least_lanes: number | null;
  readonly most_lanes: number | null;
  readonly least_per_minute: number | null;
  readonly most_per_minute: number | null;
  readonly running: number;
}

/** The pace of a queue, with what made it so. */
export async function queuePace(
  db: Db,
  row: PaceRow & { readonly id: number; readonly name: string },
): Promise<QueuePace> {
  const { id, name } = row;
  const paced = pacedOf(name, columnsOf(row));
  const { pace, limits, nowMs } = paced;
  const limited = pace.growth === 'stepwise' && lanesOf(pace, limits) < limits.lanes.most;
  return {
    provider: providerNamed(name)?.name ?? null,
    lanes: {
      now: lanesOf(pace, limits),
      running: row.running,
      least: limits.lanes.least,
      most: limits.lanes.most,
      growsAt: limited ? instantOf(lanesGrowAtMs(pace)) : null,
      cause: causeOf(pace.lanesCause),
    },
    rate: {
      perMinute: rateOf(pace, limits) ?? null,
      least: limits.ratePerMinute.least,
      most: limits.ratePerMinute.most ?? null,
      liftedAt:
        pace.rateCause && pace.ratePerMinute !== undefined ? instantOf(pace.rateCause.atMs + RATE_LASTS_MS) : null,
      cause: causeOf(pace.rateCause),
    },
    rest: restOf(paced, nowMs),
    unanswered: pace.unanswered,
    changes: await changesOf(db, id),
  };
}

function restOf({ pace }: Paced, nowMs: number): QueuePace['rest'] {
  if (pace.restUntilMs === undefined || !rests(pace, nowMs)) return null;
  return { until: instantOf(pace.restUntilMs), cause: causeOf(pace.restCause) };
}

function readRow(db: Db, id: number): Promise<PaceRow[]> {
  return db.$queryRaw<PaceRow[]>`
    select (extract(epoch from clock_timestamp()) * 1000)::float8 as now_ms, p.learned::text as learned,
      p.least_lanes, p.most_lanes, p.least_per_minute, p.most_per_minute,
      (select count(*)::int ${Prisma.raw(TAKEN_SEATS)} and classid = ${id}::int::oid) as running
    from delivery_queues q left join paces p on p.queue_id = q.id where q.id = ${id}`;
}

/** The columns as the pace room reads them. */
export function columnsOf(row: PaceRow | undefined): PaceColumns {
  if (!row) return [Date.now(), null, null, null, null, null, null];
  return [row.now_ms, row.learned, row.least_lanes, row.most_lanes, row.least_per_minute, row.most_per_minute, null];
}

interface ChangeRow {
  readonly at: Date;
  readonly kind: QueuePace['changes'][number]['kind'];
  readonly subject: string | null;
  readonly before: number | null;
  readonly after: number | null;
  readonly until: Date | null;
  readonly rule: string | null;
  readonly host: string | null;
  readonly reply_from: string | null;
  readonly reply_code: number | null;
  readonly reply_enhanced: string | null;
  readonly reply_text: string | null;
}

const SHOWN = 20;

async function changesOf(db: Db, id: number): Promise<QueuePace['changes']> {
  const rows = await db.$queryRaw<ChangeRow[]>`
    select at, kind, subject, before, after, until, rule, host, reply_from, reply_code, reply_enhanced, reply_text
    from pace_changes where queue_id = ${id} order by id desc limit ${SHOWN}`;
  return rows.map(({ at, kind, subject, before, after, until, rule, host, ...reply }) => ({
    at: at.toISOString(),
    kind,
    subject,
    before,
    after,
    until: instantOrNull(until),
    cause:
      rule === null || reply.reply_code === null
        ? null
        : {
            at: at.toISOString(),
            rule,
            host,
            reply: {
              from: whose(reply.reply_from, rule),
              code: reply.reply_code,
              enhanced: reply.reply_enhanced,
              text: reply.reply_text ?? '',
            },
          },
  }));
}

function causeOf(cause: Cause | undefined): PaceCause | null {
  if (cause === undefined) return null;
  const { atMs, rule, host, reply } = cause;
  const { code, enhanced = null, text } = reply;
  return {
    at: instantOf(atMs),
    rule,
    host: host ?? null,
    reply: { from: whose(reply.from, rule), code, enhanced, text },
  };
}

/** Earlier versions did not keep whose words it were; that nobody answered is ours. */
function whose(from: string | null | undefined, rule: string): 'remote' | 'local' {
  return (from ?? (rule === 'no-answer' ? 'local' : 'remote')) === 'local' ? 'local' : 'remote';
}

function instantOf(ms: number): string {
  return new Date(ms).toISOString();
}

const LIMIT_COLUMNS = {
  leastLanes: Prisma.sql`least_lanes`,
  mostLanes: Prisma.sql`most_lanes`,
  leastPerMinute: Prisma.sql`least_per_minute`,
  mostPerMinute: Prisma.sql`most_per_minute`,
} as const satisfies Record<keyof QueueLimits, Prisma.Sql>;

/** The floors and ceilings that were set for a queue; null where it is as for everyone. */
export async function queueLimits(db: Db, id: number): Promise<QueueLimitsSet | undefined> {
  const [row] = await readRow(db, id);
  if (!row) return undefined;
  return {
    id,
    leastLanes: row.least_lanes,
    mostLanes: row.most_lanes,
    leastPerMinute: row.least_per_minute,
    mostPerMinute: row.most_per_minute,
  };
}

/** Sets floors and ceilings; what is left out stays. The lanes that claims go by follow at once. */
export async function limitQueue(db: Db, id: number, limits: QueueLimits): Promise<void> {
  await db.$executeRaw`insert into paces (queue_id, lanes, learned) values (${id}, 1, '{}') on conflict (queue_id) do nothing`;
  for (const [name, value] of Object.entries(limits)) {
    if (value === undefined) continue;
    await db.$executeRaw`update paces set ${LIMIT_COLUMNS[name as keyof QueueLimits]} = ${value} where queue_id = ${id}`;
  }
  const [queue] = await db.$queryRaw<{ readonly name: string }[]>`select name from delivery_queues where id = ${id}`;
  const [row] = await readRow(db, id);
  const { pace, limits: now } = pacedOf(queue?.name ?? '', columnsOf(row));
  await db.$executeRaw`update paces set lanes = ${lanesOf(pace, now)} where queue_id = ${id}`;
}

/** Lifts the rest of a queue: whoever waits for it is sent at once. */
export async function liftRest(db: Db, id: number): Promise<void> {
  await db.$executeRaw`
    update paces set rest_until = null, lanes = greatest(1, coalesce((learned->>'lanes')::int, lanes)),
      learned = ((learned::jsonb - 'restUntilMs' - 'restCause') || '{"unanswered": 0}')::json
    where queue_id = ${id} and (rest_until is not null or learned->>'unanswered' <> '0')`;
}
