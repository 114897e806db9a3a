import type { QueueObstacles } from '@postern/administration';
import { poolFor, type PoolRule, warmUpLimit } from '@postern/pace';
import { MATCHES } from '../delivery/suspended.ts';
import { Prisma } from '../generated/client.ts';
import { instant, instantOrNull, type Db } from './client.ts';
import { TAKEN_SEATS } from '../pace/taken-seats.ts';

/** How many waiting recipients are looked at. */
const SAMPLE = 10_000;

/** What may keep mail of a queue back, looked at when somebody opens it. */
export async function queueObstacles(db: Db, id: number): Promise<QueueObstacles> {
  const [state] = await db.$queryRaw<StateRow[]>`
    select now() as now, (select at from epochs where id = 1) as seen_at,
      (select count(*)::int ${Prisma.raw(TAKEN_SEATS)}) as lanes,
      (select count(*)::int from (
        select from waiting_recipients where queue_id = ${id} and due_at <= now() limit ${SAMPLE}) d) as due`;
  const now = state?.now ?? new Date();
  const senders = await db.$queryRaw<{ readonly subject: string; readonly until: Date }[]>`
    select subject, until from pace_rests where queue_id = ${id} and kind = 'sender' and until > now()
    order by until desc limit 20`;
  return {
    now: instant(now),
    due: state?.due ?? 0,
    lanesEverywhere: state?.lanes ?? 0,
    deliverySeenAt: instantOrNull(state?.seen_at ?? null),
    suspensions: await suspensionsOf(db, id),
    restingSenders: senders.map(({ subject, until }) => ({ reversePath: subject, until: instant(until) })),
    pools: await poolsOf(db, id, now),
    guarded: await guardedOf(db, id),
  };
}

interface StateRow {
  readonly now: Date;
  readonly seen_at: Date | null;
  readonly lanes: number;
  readonly due: number;
}

const waiting = (id: number) =>
  Prisma.sql`select message_id, number from waiting_recipients where queue_id = ${id} limit ${SAMPLE}`;

interface SuspensionRow {
  readonly scope: QueueObstacles['suspensions'][number]['scope'];
  readonly name: string;
  readonly until: Date | null;
  readonly by: string;
  readonly reason: string | null;
  readonly recipients: number | null;
}

async function suspensionsOf(db: Db, id: number): Promise<QueueObstacles['suspensions']> {
  const rows = await db.$queryRaw<SuspensionRow[]>`
    with found as (
      select s.id, null::int as recipients from suspensions s
      where s.scope = 'all' and s.until > now() and s.lifted_at is null
      union all
      select s.id, count(*)::int from (${waiting(id)}) w
      join recipients r on r.message_id = w.message_id and r.number = w.number
      join messages m on m.id = w.message_id join suspensions s on ${Prisma.raw(MATCHES)}
      group by s.id
    )
    select s.scope::text, s.name, case when s.until < '9000-01-01' then s.until end as until, s."by", s.reason, f.recipients
    from found f join suspensions s on s.id = f.id order by s.scope = 'all' desc, f.recipients desc limit 20`;
  return rows.map(({ until, ...row }) => ({ ...row, until: instantOrNull(until) }));
}

interface SourceRow {
  readonly name: string;
  readonly pool: string;
  readonly addresses: readonly string[];
  readonly warm_up: readonly number[];
  readonly warm_up_since: Date;
  /** On each machine that told of it, what it lacks. */
  readonly missing: readonly (readonly string[])[] | null;
  readonly rests_until: Date | null;
  readonly sent_today: number | null;
}

async function poolsOf(db: Db, id: number, now: Date): Promise<QueueObstacles['pools']> {
  const sources = await db.$queryRaw<SourceRow[]>`
    select s.name, s.pool, s.addresses, s.warm_up, s.warm_up_since,
      (select json_agg(t.missing) from source_states t where t.source_id = s.id) as missing,
      (select r.until from pace_rests r
       where r.queue_id = ${id} and r.kind = 'source' and r.subject = s.name and r.until > now()) as rests_until,
      (select d.messages from source_days d
       where d.source_id = s.id and d.queue_id = ${id} and d.day = (now() at time zone 'utc')::date) as sent_today
    from sources s order by s.name`;
  const rules = await db.poolRule.findMany({ orderBy: { id: 'asc' } });
  if (sources.length === 0 && rules.length === 0) return [];
  const pools = new Map<string, number>();
  for (const { recipients, ...mail } of await leaving(db, id)) {
    const pool = poolFor(rules.map(ruleOf), mail);
    pools.set(pool, (pools.get(pool) ?? 0) + recipients);
  }
  return [...pools].flatMap(([pool, recipients]) => {
    const inPool = sources.filter((source) => source.pool === pool);
    // Nobody made a default pool: the system's choice is as good as ever.
    if (inPool.length === 0 && pool === 'default') return [];
    return [{ pool, recipients, sources: inPool.map((source) => obstacleOf(source, now)) }];
  });
}

function obstacleOf(source: SourceRow, now: Date): QueueObstacles['pools'][number]['sources'][number] {
  const { name, addresses, missing } = source;
  const about = { warmUp: source.warm_up, warmUpSince: source.warm_up_since };
  const limit = warmUpLimit(about, now);
  const nowhere = missing !== null && missing.length > 0 && missing.every((each) => each.length >= addresses.length);
  return {
    name,
    missing: nowhere ? addresses : [],
    restsUntil: instantOrNull(source.rests_until),
    dayUsedUp: limit !== undefined && (source.sent_today ?? 0) >= limit ? limit : null,
  };
}

function ruleOf(row: {
  readonly pool: string;
  readonly credentialId: string | null;
  readonly senderRule: string | null;
  readonly route: string | null;
}): PoolRule {
  return {
    pool: row.pool,
    credentialId: row.credentialId ?? undefined,
    senderRule: row.senderRule ?? undefined,
    route: row.route ?? undefined,
  };
}

interface LeavingRow {
  readonly credentialId: string | undefined;
  readonly reversePath: string;
  readonly route: string | undefined;
  readonly recipients: number;
}

/** Whose mail waits, as far as its source goes. */
async function leaving(db: Db, id: number): Promise<readonly LeavingRow[]> {
  const rows = await db.$queryRaw<
    {
      readonly credential_id: string | null;
      readonly reverse_path: string;
      readonly route: string | null;
      readonly recipients: number;
    }[]
  >`
    select m.credential_id::text, m.reverse_path,
      (select name from delivery_queues where id = ${id} and kind = 'route') as route, count(*)::int as recipients
    from (${waiting(id)}) w join messages m on m.id = w.message_id
    group by 1, 2 order by 4 desc limit 1000`;
  return rows.map((row) => ({
    credentialId: row.credential_id ?? undefined,
    reversePath: row.reverse_path,
    route: row.route ?? undefined,
    recipients: row.recipients,
  }));
}

/** Of the credentials with held mail here, those whose new mail the abuse guard holds. */
async function guardedOf(db: Db, id: number): Promise<readonly string[]> {
  const rows = await db.$queryRaw<{ readonly name: string }[]>`
    select distinct c.name from credentials c where c.held_since is not null and exists (
      select from recipients r join messages m on m.id = r.message_id
      where r.aside = 'held' and r.queue_id = ${id} and m.credential_id = c.id)
    order by 1 limit 20`;
  return rows.map(({ name }) => name);
}
