import { type Aside, firstPace, lanesOf, limitsOf, type Pace, type Paced, type PaceLimits } from '@postern/pace';
import type { Statement, Value } from '../connection/run.ts';

/** The columns of a pace as `PACE_COLUMNS` reads them; all null where there is no row. */
export type PaceColumns = readonly [
  nowMs: number,
  learned: string | null,
  leastLanes: number | null,
  mostLanes: number | null,
  leastPerMinute: number | null,
  mostPerMinute: number | null,
  aside: readonly (readonly [kind: Aside['kind'], subject: string, untilMs: number])[] | null,
];

export const PACE_COLUMNS = `
  (extract(epoch from clock_timestamp()) * 1000)::float8, p.learned::text, p.least_lanes, p.most_lanes,
  p.least_per_minute, p.most_per_minute, (
    select json_agg(json_build_array(r.kind, r.subject, extract(epoch from r.until) * 1000))
    from pace_rests r where r.queue_id = q.id and r.until > now())`;

export function pacedOf(queueName: string, columns: PaceColumns): Paced {
  const [nowMs, learned, leastLanes, mostLanes, leastPerMinute, mostPerMinute, aside] = columns;
  const limits = limitsOf(queueName, {
    leastLanes: leastLanes ?? undefined,
    mostLanes: mostLanes ?? undefined,
    leastPerMinute: leastPerMinute ?? undefined,
    mostPerMinute: mostPerMinute ?? undefined,
  });
  return {
    pace: { ...firstPace(limits), ...(learned === null ? {} : readLearned(learned)) },
    limits,
    nowMs,
    aside: (aside ?? []).map(([kind, subject, untilMs]) => ({ kind, subject, untilMs })),
  };
}

/** What `paceValues` wrote; what a later version added is missing in it, and as at first. */
function readLearned(text: string): Partial<Pace> {
  return JSON.parse(text) as Partial<Pace>;
}

export const SAVE_PACE: Statement = {
  name: 'save-pace',
  text: `
    update paces set learned = $2::text::json, lanes = $3::int,
      rest_until = to_timestamp($4::float8 / 1000)
    where queue_id = $1::int`,
};

export function paceValues(queueId: number, pace: Pace, limits: PaceLimits): readonly Value[] {
  return [queueId, JSON.stringify(pace), lanesOf(pace, limits), pace.restUntilMs];
}
