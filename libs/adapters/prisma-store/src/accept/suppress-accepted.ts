import type { NewMessage } from '@postern/queue';
import type { ClientBase } from 'pg';
import { int2s, texts, uuids } from '../connection/arrays.ts';
import { runIn, type Statement } from '../connection/run.ts';

/**
 * Ends the recipients that are suppressed, in the transaction that accepts them: nobody ever sees them wait. Each has an
 * attempt that says why, and the content goes when nobody else is to have it.
 */
export async function suppressAccepted(client: ClientBase, messages: readonly NewMessage[]): Promise<void> {
  const ended = messages.flatMap(({ id, recipients }) =>
    recipients.flatMap(({ suppressed }, index) => (suppressed ? [{ id, number: index + 1, because: suppressed }] : [])),
  );
  if (ended.length === 0) return;
  await runIn(client, SUPPRESS_ACCEPTED, [
    uuids(ended.map(({ id }) => id)),
    int2s(ended.map(({ number }) => number)),
    texts(ended.map(({ because }) => because.slice(0, 1_000))),
  ]);
}

const SUPPRESS_ACCEPTED: Statement = {
  name: 'suppress-accepted',
  text: `
    with given as materialized (
      select unnest($1::uuid[]) as message_id, unnest($2::int2[]) as number, unnest($3::text[]) as because
    ), moved as (
      update recipients r set state = 'suppressed', aside = 'suppressed', ended_at = now(), last_code = 550, last_enhanced = '5.1.1'
      from given g where r.message_id = g.message_id and r.number = g.number and r.state = 'queued'
      returning r.message_id, r.number, r.queue_id, r.siblings, g.because
    ), gone as (
      delete from waiting_recipients w using moved m
      where w.queue_id = m.queue_id and w.message_id = m.message_id and w.number = m.number
    ), noted as (
      insert into attempts (message_id, number, attempt, queue_id, lease_token, started_at, duration_ms, outcome, reply_from,
        reply_code, maybe_delivered, late, stage, steps_ms, reply_enhanced, reply_text, policy)
      select message_id, number, 0, queue_id, gen_random_uuid(), now(), 0, 'suppressed', 'local',
        550, false, false, 'internal', '{}', '5.1.1', because, ''
      from moved
    ), closed as (
      update messages m set open_recipients = m.open_recipients - e.recipients
      from (select message_id, count(*) as recipients from moved group by message_id) e
      where m.id = e.message_id
      returning m.id, m.open_recipients
    ), emptied as (
      delete from contents c using closed m where c.message_id = m.id and m.open_recipients = 0
    )
    insert into queue_changes (queue_id, state, recipients)
    select queue_id, 'suppressed'::recipient_state, count(*) from moved group by queue_id
    union all
    select queue_id, 'queued', -count(*) from moved group by queue_id`,
};
