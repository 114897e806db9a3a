import type { PoolRule, Source, SourceStore } from '@postern/pace';
import type { Pool } from 'pg';
import { texts } from '../connection/arrays.ts';
import { run, type Statement } from '../connection/run.ts';

/** Sources as delivery needs them. */
export function sourceStore(pool: Pool): SourceStore {
  return {
    sources: async () => (await run<SourceRow>(pool, SOURCES, [])).map(sourceOf),
    poolRules: async () =>
      (await run<RuleRow>(pool, RULES, [])).map(([name, credentialId, senderRule, route]): PoolRule => ({
        pool: name,
        credentialId: credentialId ?? undefined,
        senderRule: senderRule ?? undefined,
        route: route ?? undefined,
      })),
    async reserve({ sourceId, queueId, want, limit }) {
      await run(pool, MAKE_DAY, [sourceId, queueId]);
      const [row] = await run<readonly [number]>(pool, RESERVE, [sourceId, queueId, want, limit]);
      return row?.[0] ?? 0;
    },
    report: async ({ sourceId, machine, missing }) =>
      void (await run(pool, REPORT, [sourceId, machine, texts(missing)])),
  };
}

type SourceRow = readonly [
  id: string,
  name: string,
  pool: string,
  addresses: readonly string[],
  ehloName: string,
  weight: number,
  warmUp: readonly number[],
  warmUpSince: Date,
];
type RuleRow = readonly [pool: string, credentialId: string | null, senderRule: string | null, route: string | null];

function sourceOf([id, name, pool, addresses, ehloName, weight, warmUp, warmUpSince]: SourceRow): Source {
  return { id, name, pool, addresses, ehloName, weight, warmUp, warmUpSince };
}

const SOURCES: Statement = {
  name: 'sources',
  text: `
    select id, name, pool, array_to_json(addresses), ehlo_name, weight, array_to_json(warm_up), warm_up_since
    from sources order by id`,
};

const RULES: Statement = {
  name: 'pool-rules',
  text: `select pool, credential_id, sender_rule, route from pool_rules order by id`,
};

const MAKE_DAY: Statement = {
  name: 'make-source-day',
  text: `
    insert into source_days (source_id, queue_id, day, messages)
    values ($1::uuid, $2::int, (now() at time zone 'utc')::date, 0) on conflict (source_id, queue_id, day) do nothing`,
};

/** Days of UTC. What was sent already is locked, so two processes together never exceed the limit. */
const RESERVE: Statement = {
  name: 'reserve-source-day',
  text: `
    with day as (
      select (now() at time zone 'utc')::date as today
    ), before as (
      select messages from source_days, day
      where source_id = $1::uuid and queue_id = $2::int and source_days.day = today for update of source_days
    ), counted as (
      update source_days s set messages = s.messages + least($3::int, greatest(0, $4::int - b.messages))
      from before b, day where s.source_id = $1::uuid and s.queue_id = $2::int and s.day = today
      returning least($3::int, greatest(0, $4::int - b.messages))
    )
    select * from counted`,
};

const REPORT: Statement = {
  name: 'report-source',
  text: `
    insert into source_states (source_id, machine, missing) values ($1::uuid, $2::text, $3::text[])
    on conflict (source_id, machine) do update set missing = excluded.missing, at = now()`,
};
