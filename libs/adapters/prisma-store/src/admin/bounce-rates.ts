import type { BounceRate, RateQuery } from '@postern/administration';
import { Prisma } from '../generated/client.ts';
import type { Db } from './client.ts';

const HOUR_MS = 3_600_000;
const MAX_KEYS = 1_000;

/** Rates from the rollups of the finest span that is still kept, and from what was not added up yet. */
export async function bounceRates(db: Db, query: RateQuery): Promise<readonly BounceRate[]> {
  const span = spanOf(query);
  const from = Prisma.sql`date_trunc(${span}, ${query.since}::timestamptz)`;
  const filters = [
    query.credentialId === undefined ? undefined : Prisma.sql`credential_id = ${query.credentialId}::uuid`,
    query.domain === undefined ? undefined : Prisma.sql`sender_domain = ${query.domain}`,
    query.queueId === undefined ? undefined : Prisma.sql`queue_id = ${query.queueId}`,
    query.class === undefined ? undefined : Prisma.sql`class = ${query.class}`,
  ].filter((each) => each !== undefined);
  const where = Prisma.join([Prisma.sql`at >= ${from} and at <= ${query.until}`, ...filters], ' and ');
  const rows = await db.$queryRaw<Row[]>`
    with each_outcome as (
      select bucket as at, credential_id, sender_domain, queue_id, outcome, class, recipients
      from outcome_rollups where span = ${span}::rollup_span
      union all
      select date_trunc(${span}, at), credential_id, sender_domain, queue_id, outcome, class, recipients from outcome_changes
    )
    select ${KEYS[query.by]} as key, outcome, sum(recipients)::int8 as recipients
    from each_outcome o where ${where} group by 1, 2 order by 1`;
  return gather(rows);
}

/** Minutes are kept for two days, hours for ninety. */
function spanOf({ since, until }: RateQuery): 'minute' | 'hour' | 'day' {
  const ageMs = Date.now() - since.getTime();
  if (until.getTime() - since.getTime() <= 6 * HOUR_MS && ageMs < 47 * HOUR_MS) return 'minute';
  return ageMs < 89 * 24 * HOUR_MS ? 'hour' : 'day';
}

const KEYS: Readonly<Record<RateQuery['by'], Prisma.Sql>> = {
  class: Prisma.sql`o.class`,
  site: Prisma.sql`(select name from delivery_queues where id = o.queue_id)`,
  credential: Prisma.sql`coalesce((select name from credentials where id = o.credential_id), '')`,
  domain: Prisma.sql`o.sender_domain`,
  time: Prisma.sql`to_char(o.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
};

interface Row {
  readonly key: string | null;
  readonly outcome: string;
  readonly recipients: bigint;
}

const NONE = { delivered: 0, deferred: 0, bounced: 0, expired: 0, complained: 0 };

function gather(rows: readonly Row[]): readonly BounceRate[] {
  const rates = new Map<string, BounceRate>();
  for (const { key, outcome, recipients } of rows) {
    const name = key ?? '';
    const rate = rates.get(name) ?? { key: name, ...NONE };
    if (isOutcome(outcome)) rate[outcome] += Number(recipients);
    if (rates.has(name) || rates.size < MAX_KEYS) rates.set(name, rate);
  }
  return [...rates.values()];
}

function isOutcome(text: string): text is keyof typeof NONE {
  return Object.hasOwn(NONE, text);
}
