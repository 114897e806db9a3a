import type { RateQuery } from '@postern/administration';
import { factsOf, isBounceClass } from '@postern/bounce';
import { NOBODY } from '../bounces/submitter-of.ts';
import { Prisma } from '../generated/client.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export type Span = 'minute' | 'hour' | 'day';

/**
 * The span whose rollups answer a question: fine enough to be worth looking at, coarse enough to be read at once, and still
 * kept (minutes are for two days, hours for ninety).
 */
export function spanOf({ since, until, span }: Pick<RateQuery, 'since' | 'until' | 'span'>): Span {
  const ageMs = Date.now() - since.getTime();
  const lengthMs = until.getTime() - since.getTime();
  const wanted = span ?? (lengthMs <= 6 * HOUR_MS ? 'minute' : lengthMs <= 8 * DAY_MS ? 'hour' : 'day');
  if (wanted === 'minute' && ageMs < 47 * HOUR_MS && lengthMs <= DAY_MS) return 'minute';
  return wanted !== 'day' && ageMs < 89 * DAY_MS && lengthMs <= 32 * DAY_MS ? 'hour' : 'day';
}

/** How recipients ended, from the rollups of a span and from what was not added up yet: rows of `at`, the key, outcome and count. */
export function outcomeRows(query: RateQuery, span: Span): Prisma.Sql {
  const key = KEYS[query.by];
  const filters = [
    query.credentialId === undefined ? undefined : Prisma.sql`credential_id = ${query.credentialId}::uuid`,
    query.networkId === undefined ? undefined : Prisma.sql`credential_id = ${query.networkId}::uuid`,
    query.domain === undefined ? undefined : Prisma.sql`sender_domain = ${query.domain}`,
    query.queueId === undefined ? undefined : Prisma.sql`queue_id = ${query.queueId}`,
    query.class === undefined ? undefined : Prisma.sql`class = ${query.class}`,
    query.source === undefined ? undefined : Prisma.sql`source = ${query.source}`,
  ].filter((each) => each !== undefined);
  const where = (at: Prisma.Sql) =>
    Prisma.join(
      [Prisma.sql`${at} >= date_trunc(${span}, ${query.since}::timestamptz) and ${at} <= ${query.until}`, ...filters],
      ' and ',
    );
  return Prisma.sql`
    select bucket as at, ${key} as key, outcome, recipients
    from outcome_rollups where span = ${span}::rollup_span and ${where(Prisma.sql`bucket`)}
    union all
    select date_trunc(${span}, at), ${key}, outcome, recipients
    from outcome_changes where ${where(Prisma.sql`date_trunc(${span}, at)`)}`;
}

/**
 * The same where only sums over all of the time are wanted: what was added up by days stands for the hours of the days that
 * are in it whole, a twenty-fourth of the rows.
 */
export function totalRows(query: RateQuery, span: Span): Prisma.Sql {
  const firstDay = Math.ceil(query.since.getTime() / DAY_MS) * DAY_MS;
  const lastDay = Math.floor(query.until.getTime() / DAY_MS) * DAY_MS;
  if (span !== 'hour' || lastDay <= firstDay) return outcomeRows(query, span);
  const [begin, end] = [new Date(firstDay), new Date(lastDay)];
  const before = (at: Date) => new Date(at.getTime() - 1);
  return Prisma.sql`
    ${outcomeRows({ ...query, until: before(begin) }, 'hour')}
    union all ${outcomeRows({ ...query, since: begin, until: before(end) }, 'day')}
    union all ${outcomeRows({ ...query, since: end }, 'hour')}`;
}

/** What a key is called, asked once for each key, not for each row. */
export function nameOfKey(by: RateQuery['by']): Prisma.Sql {
  if (by === 'site') return Prisma.sql`(select name from delivery_queues where id = k.key)`;
  if (by === 'credential') return Prisma.sql`(select name from credentials where id = k.key)`;
  return by === 'network' ? Prisma.sql`(select cidr::text from listed_networks where id = k.key)` : Prisma.sql`k.key`;
}

const KEYS: Readonly<Record<RateQuery['by'], Prisma.Sql>> = {
  class: Prisma.sql`class`,
  site: Prisma.sql`queue_id`,
  credential: Prisma.sql`case when credential_id in (select id from credentials) then credential_id else ${NOBODY}::uuid end`,
  network: Prisma.sql`case when credential_id in (select id from listed_networks) then credential_id else ${NOBODY}::uuid end`,
  domain: Prisma.sql`sender_domain`,
  source: Prisma.sql`source`,
  time: Prisma.sql`''::text`,
};

/** Whose fault a key is, where it is a class. */
export function faultOfKey(by: RateQuery['by'], key: string | null): 'recipient' | 'ours' | 'theirs' | null {
  return by === 'class' && key !== null && isBounceClass(key) ? factsOf(key).fault : null;
}

/** How many recipients ended in which way. */
export type Counts = Record<keyof typeof NONE, number>;

export const NONE = { delivered: 0, deferred: 0, bounced: 0, expired: 0, returned: 0, complained: 0 };

export function isOutcome(text: string): text is keyof typeof NONE {
  return Object.hasOwn(NONE, text);
}
