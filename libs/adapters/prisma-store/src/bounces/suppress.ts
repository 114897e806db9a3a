import { LIKELY_DAYS, LIKELY_FAILURES, STRIKES_COUNT_DAYS, SURE_DAYS } from '@postern/reports';
import type { Statement } from '../connection/run.ts';

const GIVEN = `
      select unnest($1::uuid[]) as id, unnest($2::text[]) as address, unnest($3::text[]) as scope, unnest($4::text[]) as class,
        unnest($5::text[]) as evidence, unnest($6::uuid[]) as message_id, unnest($7::int2[]) as number`;

/** What a person said about an address stands: a reply never changes it. */
function insert(from: string, days: number): string {
  return `
    insert into suppressions (id, address, scope, class, source, evidence, message_id, number, until, created_by)
    select id, address, scope, class, 'reply', evidence, message_id, number, now() + interval '${days} days', 'postern'
    from ${from}
    on conflict (address, scope) do update set
      class = excluded.class, evidence = excluded.evidence, message_id = excluded.message_id, number = excluded.number,
      until = greatest(suppressions.until, excluded.until), changed_at = now()
    where suppressions.source = 'reply'`;
}

/** One sure failure. */
export const SUPPRESS: Statement = { name: 'suppress', text: `with given as (${GIVEN}) ${insert('given', SURE_DAYS)}` };

/** A likely failure: the last of several, of different messages, counts as a sure one. */
export const STRIKE: Statement = {
  name: 'strike',
  text: `
    with given as (${GIVEN}
    ), struck as (
      insert into suppression_strikes (address, scope, message_id, number)
      select address, scope, message_id, number from given
      on conflict do nothing
    ), enough as (
      select g.* from given g
      where ${LIKELY_FAILURES - 1} <= (
        select count(distinct s.message_id) from suppression_strikes s
        where s.address = g.address and s.scope = g.scope and s.message_id <> g.message_id
          and s.at > now() - interval '${STRIKES_COUNT_DAYS} days')
    )
    ${insert('enough', LIKELY_DAYS)}`,
};
