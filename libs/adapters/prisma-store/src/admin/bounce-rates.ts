import type { BounceRate, RateQuery } from '@postern/administration';
import { Prisma } from '../generated/client.ts';
import type { Db } from './client.ts';
import { faultOfKey, isOutcome, nameOfKey, NONE, outcomeRows, spanOf } from './outcome-rows.ts';

const MAX_KEYS = 1_000;

/** Rates from the rollups of the finest span that is of use, and from what was not added up yet. */
export async function bounceRates(db: Db, query: RateQuery): Promise<readonly BounceRate[]> {
  const key = query.by === 'time' ? TIME : Prisma.sql`o.key`;
  const rows = await db.$queryRaw<Row[]>`
    with each_outcome as (${outcomeRows(query, spanOf(query))}
    ), k as (
      select ${key} as key, outcome, sum(recipients)::int8 as recipients from each_outcome o group by 1, 2
    )
    select ${nameOfKey(query.by)} as key, outcome, recipients from k order by 1`;
  return gather(rows, query.by);
}

const TIME = Prisma.sql`to_char(o.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

interface Row {
  readonly key: string | null;
  readonly outcome: string;
  readonly recipients: bigint;
}

function gather(rows: readonly Row[], by: RateQuery['by']): readonly BounceRate[] {
  const rates = new Map<string, BounceRate>();
  for (const { key, outcome, recipients } of rows) {
    const name = key ?? '';
    const rate = rates.get(name) ?? { key: name, fault: faultOfKey(by, name), ...NONE };
    if (isOutcome(outcome)) rate[outcome] += Number(recipients);
    if (rates.has(name) || rates.size < MAX_KEYS) rates.set(name, rate);
  }
  return [...rates.values()];
}
