import type { Volume, VolumePoint, VolumeQuery, VolumeReads } from '@postern/administration';
import { Prisma } from '../generated/client.ts';
import type { Db } from './client.ts';
import { trends } from './trends.ts';
import { troubles } from './troubles.ts';

const HOUR = 3_600;
const DAY = 86_400;

/** What became of mail, read from what was added up. */
export function volumeReads(db: Db): VolumeReads {
  return {
    volume: (query) => volume(db, query),
    troubles: (query) => troubles(db, query),
    trends: (query) => trends(db, query),
  };
}

/** What became of mail over a time, from the rollups of the coarsest span that its steps allow. */
async function volume(db: Db, query: VolumeQuery): Promise<Pick<Volume, 'points' | 'total' | 'tls'>> {
  const [outcomes, waits, depths, tls] = await Promise.all([
    outcomesOf(db, query),
    waitsOf(db, query),
    depthsOf(db, query),
    tlsOf(db, query),
  ]);
  const points = stepsOf(query).map((ms): VolumePoint => {
    const found = outcomes.filter((row) => row.ms === ms);
    const depth = depths.find((row) => row.ms === ms);
    return {
      at: new Date(ms).toISOString(),
      ...counted(found),
      waits: waitsIn(waits.filter((row) => row.ms === ms)),
      depth: depth ? { recipients: depth.recipients, oldestAgeSeconds: depth.oldest } : null,
    };
  });
  return { points, total: { ...counted(outcomes), waits: waitsIn(waits) }, tls };
}

interface OutcomeRow {
  readonly ms: number;
  readonly outcome: string;
  readonly recipients: number;
}

interface WaitRow {
  readonly ms: number;
  readonly step: number;
  readonly recipients: number;
}

/** Minutes are kept for two days, hours for ninety; a step of days is made of days. */
function spanOf({ stepSeconds }: VolumeQuery): Prisma.Sql {
  const span = stepSeconds < HOUR ? 'minute' : stepSeconds < DAY ? 'hour' : 'day';
  return Prisma.sql`${span}::rollup_span`;
}

/** The step that an instant lies in, by when it begins: whole steps since 1970. */
function stepOf(at: Prisma.Sql, { stepSeconds }: VolumeQuery): Prisma.Sql {
  return Prisma.sql`(floor(date_part('epoch', ${at}) / ${stepSeconds}::int) * ${stepSeconds}::int * 1000)::float8`;
}

function outcomesOf(db: Db, query: VolumeQuery): Promise<OutcomeRow[]> {
  return db.$queryRaw<OutcomeRow[]>`
    select ${stepOf(Prisma.sql`at`, query)} as ms, outcome, sum(recipients)::float8 as recipients
    from (
      select bucket as at, outcome, recipients from outcome_rollups
      where span = ${spanOf(query)} and bucket >= ${query.since}
      union all
      select at, outcome, recipients from outcome_changes where at >= ${query.since}
    ) o group by 1, 2`;
}

function waitsOf(db: Db, query: VolumeQuery): Promise<WaitRow[]> {
  return db.$queryRaw<WaitRow[]>`
    select ${stepOf(Prisma.sql`at`, query)} as ms, step::int as step, sum(recipients)::float8 as recipients
    from (
      select bucket as at, step, recipients from delivery_waits where span = ${spanOf(query)} and bucket >= ${query.since}
      union all
      select at, w.step, 1 from outcome_changes cross join unnest(waits) w(step) where at >= ${query.since}
    ) o group by 1, 2 order by 2`;
}

function depthsOf(db: Db, query: VolumeQuery) {
  return db.$queryRaw<{ readonly ms: number; readonly recipients: number; readonly oldest: number }[]>`
    select ${stepOf(Prisma.sql`bucket`, query)} as ms, max(recipients)::float8 as recipients,
      max(oldest_age_seconds)::float8 as oldest
    from waiting_depths where span = ${spanOf(query)} and bucket >= ${query.since} group by 1`;
}

function tlsOf(db: Db, { since }: VolumeQuery): Promise<Volume['tls']> {
  return db.$queryRaw<Volume['tls']>`
    select policy_type as "policyType",
      coalesce(sum(sessions) filter (where failure is null), 0)::float8 as successes,
      coalesce(sum(sessions) filter (where failure is not null), 0)::float8 as failures
    from tls_results where day >= (${since}::timestamptz at time zone 'UTC')::date group by 1 order by 1`;
}

function stepsOf({ since, until, stepSeconds }: VolumeQuery): number[] {
  const steps = [];
  for (let ms = since.getTime(); ms <= until.getTime(); ms += stepSeconds * 1000) steps.push(ms);
  return steps;
}

const NONE = { delivered: 0, deferred: 0, bounced: 0, expired: 0, complained: 0 };

function counted(rows: readonly OutcomeRow[]): typeof NONE {
  const sums = { ...NONE };
  for (const { outcome, recipients } of rows) if (isOutcome(outcome)) sums[outcome] += recipients;
  return sums;
}

function isOutcome(text: string): text is keyof typeof NONE {
  return Object.hasOwn(NONE, text);
}

/** The percentiles of waits that were counted in steps of a fifth: the upper end of the step that each lies in. */
function waitsIn(rows: readonly WaitRow[]): VolumePoint['waits'] {
  const steps = new Map<number, number>();
  for (const { step, recipients } of rows) steps.set(step, (steps.get(step) ?? 0) + recipients);
  const sorted = [...steps].sort(([a], [b]) => a - b);
  const all = sorted.reduce((sum, [, recipients]) => sum + recipients, 0);
  if (all === 0) return null;
  const percentile = (share: number): number => {
    let seen = 0;
    const found = sorted.find(([, recipients]) => (seen += recipients) >= all * share) ?? sorted.at(-1);
    return Math.round(2 ** (((found?.[0] ?? 0) + 1) / 4));
  };
  return { p50Ms: percentile(0.5), p95Ms: percentile(0.95), recipients: all };
}
