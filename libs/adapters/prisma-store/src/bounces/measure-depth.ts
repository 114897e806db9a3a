import type { Pool } from 'pg';
import { run, type Statement } from '../connection/run.ts';
import { OLD } from './fold-outcomes.ts';

/**
 * Writes down how many recipients wait, and since when the oldest does: of a minute, an hour and a day the most that was
 * seen. The oldest is looked for queue by queue, each by one look into an index.
 */
export async function measureDepth(pool: Pool): Promise<void> {
  await run(pool, MEASURE, []);
}

const MEASURE: Statement = {
  name: 'measure-depth',
  text: `
    with old as (
      delete from waiting_depths where ${OLD}
    ), now_waiting as (
      select greatest(coalesce(sum(recipients), 0), 0) as recipients
      from (select state, recipients from queue_counts union all select state, recipients from queue_changes) c
      where state in ('queued', 'sending', 'deferred', 'held')
    ), oldest as (
      select min(m.accepted_at) as accepted_at
      from delivery_queues q
      cross join lateral (
        select message_id from waiting_recipients w where w.queue_id = q.id order by message_id limit 1
      ) first join messages m on m.id = first.message_id
    )
    insert into waiting_depths (span, bucket, recipients, oldest_age_seconds)
    select s.span, date_trunc(s.span::text, now()), w.recipients,
      coalesce(greatest(date_part('epoch', now() - o.accepted_at), 0), 0)::int8
    from now_waiting w, oldest o, unnest(enum_range(null::rollup_span)) s(span)
    on conflict (span, bucket) do update set
      recipients = greatest(waiting_depths.recipients, excluded.recipients),
      oldest_age_seconds = greatest(waiting_depths.oldest_age_seconds, excluded.oldest_age_seconds)`,
};
