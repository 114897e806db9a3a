import { networkOf, type SubmitterUse } from '@postern/credentials';
import type { Pool } from 'pg';
import { instants, texts, uuids } from '../connection/arrays.ts';
import { run, type Statement } from '../connection/run.ts';

/** Remembers uses of credentials, of their secrets and of listed networks, and the networks that they came from. */
export async function touch(pool: Pool, uses: readonly SubmitterUse[]): Promise<void> {
  if (uses.length === 0) return;
  // In one order for all who write them.
  const rows = [...uses].sort((a, b) => (a.submitterId < b.submitterId ? -1 : a.submitterId > b.submitterId ? 1 : 0));
  await run(pool, TOUCH, [
    uuids(rows.map(({ submitterId }) => submitterId)),
    uuids(rows.map(({ secretId }) => secretId)),
    instants(rows.map(({ at }) => at)),
    texts(rows.map(({ clientAddress }) => clientAddress)),
    texts(rows.map(({ tls }) => tls)),
    texts(rows.map(({ clientAddress }) => networkOf(clientAddress))),
  ]);
}

const TOUCH: Statement = {
  name: 'touch-submitters',
  text: `
    with use as materialized (
      select unnest($1::uuid[]) as id, unnest($2::uuid[]) as secret_id, unnest($3::timestamptz[]) as at,
        unnest($4::text[]) as address, unnest($5::text[]) as tls, unnest($6::text[]) as network
    ), latest as (
      select distinct on (id) * from use order by id, at desc
    ), credential as (
      update credentials c set last_used_at = u.at, last_used_from = u.address, last_used_tls = u.tls from latest u
      where c.id = u.id and (c.last_used_at is null or c.last_used_at < u.at)
    ), network as (
      update listed_networks c set last_used_at = u.at, last_used_from = u.address, last_used_tls = u.tls from latest u
      where c.id = u.id and (c.last_used_at is null or c.last_used_at < u.at)
    ), secret as (
      update credential_secrets s set last_used_at = u.at, last_used_from = u.address
      from (select distinct on (secret_id) * from use where secret_id is not null order by secret_id, at desc) u
      where s.id = u.secret_id and (s.last_used_at is null or s.last_used_at < u.at)
    )
    insert into submitter_networks as n (submitter_id, network, first_at, last_at)
    select id, network, min(at), max(at) from use group by id, network order by id, network
    on conflict (submitter_id, network) do update set last_at = greatest(n.last_at, excluded.last_at)`,
};

/**
 * Retires secrets that were replaced and not used for the days that were said then; answers how many.
 *
 * A secret that is used between the look and the update is looked at again by the update.
 */
export async function retireUnusedSecrets(pool: Pool): Promise<number> {
  return (await run(pool, RETIRE, [])).length;
}

const RETIRE: Statement = {
  name: 'retire-unused-secrets',
  text: `
    update credential_secrets set expires_at = now()
    where replaced_at is not null and retire_unused_days is not null and (expires_at is null or expires_at > now())
      and greatest(last_used_at, replaced_at) < now() - retire_unused_days * interval '1 day'
    returning id`,
};
