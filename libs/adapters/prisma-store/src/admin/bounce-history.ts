import type { BounceHistory, BounceSeries, RateQuery } from '@postern/administration';
import type { Db } from './client.ts';
import { faultOfKey, isOutcome, nameOfKey, NONE, outcomeRows, spanOf, totalRows } from './outcome-rows.ts';

/**
 * Rates over time, for each of the keys that failed most; all others together are one more. Buckets in which nothing ended
 * are left out.
 */
export async function bounceHistory(
  db: Db,
  query: RateQuery & { readonly limit: number },
): Promise<Pick<BounceHistory, 'span' | 'items'>> {
  const span = spanOf(query);
  const { limit } = query;
  // Which keys failed most is asked first, then each row goes to its key or to the others: nothing long is sorted.
  const rows = await db.$queryRaw<Row[]>`
    with o as not materialized (${outcomeRows(query, span)}
    ), most as materialized (
      select key, row_number() over (order by
        coalesce(sum(recipients) filter (where outcome in ('bounced', 'expired', 'returned', 'complained')), 0) desc,
        sum(recipients) desc, key) as place
      from (${totalRows(query, span)}) total group by key order by place limit ${limit}
    ), k as (
      select most.place, most.key, at, outcome, sum(recipients)::int8 as recipients
      from o left join most on most.key = o.key group by 1, 2, 3, 4
    )
    select coalesce(place, ${limit + 1})::int as place, case when place is not null then coalesce(${nameOfKey(query.by)}, '') end as key,
      at, outcome, recipients
    from k order by 1, at`;
  return { span, items: gather(rows, query.by) };
}

interface Row {
  readonly place: number;
  /** Null: all the others. */
  readonly key: string | null;
  readonly at: Date;
  readonly outcome: string;
  readonly recipients: bigint;
}

function gather(rows: readonly Row[], by: RateQuery['by']): BounceSeries[] {
  const series = new Map<number, BounceSeries>();
  for (const { place, key, at, outcome, recipients } of rows) {
    const one = series.get(place) ?? { key, fault: faultOfKey(by, key), ...NONE, points: [] };
    series.set(place, one);
    const instant = at.toISOString();
    let point = one.points.at(-1);
    if (point?.at !== instant) one.points.push((point = { at: instant, ...NONE }));
    if (!isOutcome(outcome)) continue;
    point[outcome] += Number(recipients);
    one[outcome] += Number(recipients);
  }
  return [...series.values()];
}
