import type { Trend, TrendQuery } from '@postern/administration';
import { Prisma } from '../generated/client.ts';
import type { Db } from './client.ts';

const HOUR_MS = 3_600_000;

/**
 * How attempts ended, hour by hour, for a page of queues or of submitters: one question, to what was added up by hours and to
 * what was not yet. The hours are named one by one: the index of the rollups leads to each submitter of each of them.
 */
export async function trends(db: Db, { of, ids, since, hours }: TrendQuery): Promise<readonly Trend[]> {
  const [key, among] =
    of === 'queue'
      ? [Prisma.sql`queue_id`, Prisma.sql`queue_id = any(${ids.map(Number)}::int[])`]
      : [Prisma.sql`credential_id`, Prisma.sql`credential_id = any(${[...ids]}::uuid[])`];
  const rows = await db.$queryRaw<Row[]>`
    select id::text, (date_part('epoch', at) * 1000)::float8 as ms,
      coalesce(sum(recipients) filter (where outcome = 'delivered'), 0)::float8 as delivered,
      coalesce(sum(recipients) filter (where outcome <> 'delivered'), 0)::float8 as troubled
    from (
      select ${key} as id, bucket as at, outcome, recipients from outcome_rollups
      where span = 'hour' and ${among} and bucket = any(array(
        select date_trunc('hour', ${since}::timestamptz + n * interval '1 hour') from generate_series(0, ${hours}::int - 1) n))
      union all
      select ${key}, date_trunc('hour', at), outcome, recipients from outcome_changes where at >= ${since} and ${among}
    ) o where outcome in ('delivered', 'deferred', 'bounced', 'expired') group by 1, 2`;
  const found = new Map<string, Trend>();
  for (const { id, ms, delivered, troubled } of rows) {
    const hour = Math.floor((ms - since.getTime()) / HOUR_MS);
    if (hour < 0 || hour >= hours) continue;
    const one = found.get(id) ?? { id, delivered: zeros(hours), troubled: zeros(hours) };
    one.delivered[hour] = delivered;
    one.troubled[hour] = troubled;
    found.set(id, one);
  }
  return [...found.values()];
}

interface Row {
  readonly id: string;
  readonly ms: number;
  readonly delivered: number;
  readonly troubled: number;
}

function zeros(hours: number): number[] {
  return Array.from({ length: hours }, () => 0);
}
