import type { BounceHistory, BounceSeries, RateQuery } from '@postern/administration';
import type { Db } from './client.ts';
import { faultOfKey, isOutcome, nameOfKey, NONE, outcomeRows, spanOf } from './outcome-rows.ts';

/**
 * Rates over time, for each of the keys that failed most; all others together are one more. Buckets in which nothing ended
 * are left out.
 */
export async function bounceHistory(
  db: Db,
  query: RateQuery & { readonly limit: number },
): Promise<Pick<BounceHistory, 'span' | 'items'>> {
  const span = spanOf(query);
  const rows = await db.$queryRaw<Row[]>`
    with each_outcome as (
      select at, key, outcome, sum(recipients)::int8 as recipients
      from (${outcomeRows(query, span)}) o group by 1, 2, 3
    ), ranked as (
      select key, row_number() over (order by
        coalesce(sum(recipients) filter (where outcome in ('bounced', 'expired', 'returned', 'complained')), 0) desc,
        sum(recipients) desc, key) as place
      from each_outcome group by key
    ), k as (
      select case when place <= ${query.limit} then o.key end as key, least(place, ${query.limit + 1}) as place, at,
        outcome, sum(recipients)::int8 as recipients
      from each_outcome o join ranked using (key) group by 1, 2, 3, 4
    )
    select place::int, case when place <= ${query.limit} then coalesce(${nameOfKey(query.by)}, '') end as key, at, outcome,
      recipients
    from k order by place, at`;
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
