import type { Pool } from 'pg';
import { STRIKES_COUNT_DAYS } from '@postern/reports';
import { run, type Statement } from '../connection/run.ts';

/**
 * Lifts the suppressions by replies that a later delivery to the same address, for a sender in the scope, proves wrong; and
 * forgets those that have expired. What a person set stays until its time.
 */
export async function liftSuppressions(pool: Pool): Promise<number> {
  await run(pool, FORGET, []);
  return (await run(pool, LIFT, [])).length;
}

/** Only deliveries of messages that were accepted from a day before on: what was queued then may arrive now. */
const LIFT: Statement = {
  name: 'lift-suppressions',
  text: `
    delete from suppressions s
    where s.source = 'reply' and s.changed_at > now() - interval '7 days' and exists (
      select from recipients r join messages m on m.id = r.message_id
      where r.domain = split_part(s.address, '@', -1)
        and r.message_id >= (lpad(to_hex((extract(epoch from s.created_at - interval '6 days') * 1000)::bigint), 12, '0')
          || '00000000000000000000')::uuid
        and lower(r.forward_path) = s.address and r.state = 'delivered' and r.ended_at > s.changed_at
        and (s.scope = '*' or right(lower(m.reverse_path), length(s.scope)) = s.scope))
    returning s.id`,
};

const FORGET: Statement = {
  name: 'forget-suppressions',
  text: `
    with old as (
      delete from suppression_strikes where at < now() - interval '${STRIKES_COUNT_DAYS} days'
    )
    delete from suppressions where until < now()`,
};
