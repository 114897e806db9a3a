import { DEFAULT_LIMITS, PROVIDERS } from '@postern/pace';
import type { Pool } from 'pg';
import { run, type Statement } from '../connection/run.ts';
import { TAKEN_SEATS } from './taken-seats.ts';

/** What paces are told apart by: the providers, all other sites, and routes. */
export const PACE_GROUPS: readonly string[] = ['site', 'route', ...PROVIDERS.map(({ name }) => name)];

/** How delivery goes at the sites of one provider, at all other sites (`site`), or on routes (`route`). */
export interface PaceTotals {
  /** One of `PACE_GROUPS`. */
  readonly of: string;
  /** Lanes that run now, in all processes. */
  readonly lanes: number;
  /** How many lanes the queues may have in which some run. */
  readonly laneLimit: number;
  /** Queues in which nothing is sent for a time, because of what hosts replied. */
  readonly resting: number;
  /** Queues that go by a rate, because of what hosts replied. */
  readonly slowed: number;
}

export interface PaceSurvey {
  readonly totals: readonly PaceTotals[];
  /** How many lanes each delivery process runs, the busiest first. */
  readonly lanesOfProcesses: readonly number[];
  /** How many suspensions there are, by what is suspended. */
  readonly suspensions: ReadonlyMap<string, number>;
}

/** What all processes together do now: for those who watch, every now and then. */
export async function paceSurvey(pool: Pool): Promise<PaceSurvey> {
  const totals = await run<readonly [of: string, number, number, number, number]>(pool, TOTALS, [
    DEFAULT_LIMITS.lanes.first,
  ]);
  const processes = await run<readonly [number]>(pool, PROCESSES, []);
  const suspensions = await run<readonly [scope: string, count: number]>(pool, SUSPENSIONS, []);
  return {
    suspensions: new Map(suspensions),
    totals: totals.map(([of, lanes, laneLimit, resting, slowed]) => ({ of, lanes, laneLimit, resting, slowed })),
    lanesOfProcesses: processes.map(([lanes]) => lanes),
  };
}

const TOTALS: Statement = {
  name: 'pace-totals',
  text: `
    with running as (
      select classid::bigint::int as queue_id, count(*)::int as lanes ${TAKEN_SEATS} group by classid
    ), paced as (
      select queue_id, lanes as most, rest_until > now() as rests, (learned ->> 'ratePerMinute') is not null as slowed
      from paces
    )
    select case when q.kind = 'route' then 'route' when q.name like 'provider:%' then substr(q.name, 10) else 'site' end,
      coalesce(sum(r.lanes), 0)::int,
      coalesce(sum(coalesce(p.most, $1::int)) filter (where r.lanes > 0), 0)::int,
      count(*) filter (where p.rests)::int,
      count(*) filter (where p.slowed)::int
    from delivery_queues q left join running r on r.queue_id = q.id left join paced p on p.queue_id = q.id
    where q.kind <> 'unresolved' and (r.lanes > 0 or p.rests or p.slowed)
    group by 1`,
};

const PROCESSES: Statement = {
  name: 'lanes-of-processes',
  text: `select count(*)::int as lanes ${TAKEN_SEATS} group by pid order by lanes desc limit 64`,
};

const SUSPENSIONS: Statement = {
  name: 'suspensions-by-scope',
  text: `
    select scope::text, count(*)::int from suspensions where until > now() and lifted_at is null group by 1
    union all
    select 'queue', count(*)::int from delivery_queues
    where suspended_at is not null and (suspended_until is null or suspended_until > now())`,
};
