import type { NewMessage } from '@postern/queue';
import type { ClientBase } from 'pg';
import { uuids } from '../connection/arrays.ts';
import { runIn, type Statement } from '../connection/run.ts';

/** Holds messages in the transaction that accepts them: no lane ever sees them wait. What is suppressed stays so. */
export async function holdAccepted(client: ClientBase, messages: readonly NewMessage[]): Promise<void> {
  const held = messages.filter((message) => message.held);
  if (held.length > 0) await runIn(client, HOLD_ACCEPTED, [uuids(held.map(({ id }) => id))]);
}

const HOLD_ACCEPTED: Statement = {
  name: 'hold-accepted',
  text: `
    with moved as (
      update recipients r set state = 'held', aside = 'held'
      where r.message_id = any($1::uuid[]) and r.state = 'queued'
      returning r.message_id, r.number, r.queue_id
    ), gone as (
      delete from waiting_recipients w using moved m
      where w.queue_id = m.queue_id and w.message_id = m.message_id and w.number = m.number
    )
    insert into queue_changes (queue_id, state, recipients)
    select queue_id, 'held'::recipient_state, count(*) from moved group by queue_id
    union all
    select queue_id, 'queued', -count(*) from moved group by queue_id`,
};
