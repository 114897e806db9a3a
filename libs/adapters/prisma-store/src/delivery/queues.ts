import { type DeliveryQueue, type QueueId, StoreUnavailable } from '@postern/queue';
import type { Pool } from 'pg';
import { run, type Statement } from '../connection/run.ts';

export async function queueById(pool: Pool, id: QueueId): Promise<DeliveryQueue | undefined> {
  const [row] = await run<readonly [DeliveryQueue['kind'], string]>(pool, QUEUE, [id]);
  return row && { id, kind: row[0], name: row[1] };
}

const QUEUE: Statement = { name: 'queue', text: 'select kind, name from delivery_queues where id = $1::int' };

/** Remembers which site serves a domain, making the site's queue when there is none yet; answers the queue's id. */
export async function rememberSite(
  pool: Pool,
  site: { readonly domain: string; readonly key: string; readonly freshUntil: Date },
): Promise<QueueId> {
  // A queue that another process makes at this moment cannot be seen by the first try.
  for (let tries = 0; tries < 3; tries += 1) {
    const [row] = await run<readonly [QueueId]>(pool, REMEMBER_SITE, [site.domain, site.key, site.freshUntil]);
    if (row) return row[0];
  }
  throw new StoreUnavailable(`The queue of ${site.domain} was not found`);
}

const REMEMBER_SITE: Statement = {
  name: 'remember-site',
  text: `
    with known as (
      select id from delivery_queues where kind = 'site' and name = $2::text
    ), made as (
      insert into delivery_queues (kind, name) select 'site', $2::text where not exists (select from known)
      on conflict (kind, name) do nothing returning id
    ), queue as (
      select id from known union all select id from made
    )
    insert into domain_sites (domain, queue_id, fresh_until) select $1::text, id, $3::timestamptz from queue
    on conflict (domain) do update set queue_id = excluded.queue_id, fresh_until = excluded.fresh_until
    returning queue_id`,
};
