import type { Pool } from 'pg';
import { int2s, int4s, uuids } from '../connection/arrays.ts';
import { firstInPlan } from '../connection/first-in-plan.ts';
import { run, type Statement } from '../connection/run.ts';
import { headStartMs, type QueueId } from '@postern/queue';
import { recipientKey } from './recipient-id.ts';

/** A recipient that goes back to waiting, and in which queue when that is another one. */
export interface Move {
  readonly recipientId: string;
  readonly queueId: QueueId | undefined;
}

/**
 * Gives recipients back that were claimed and never attempted: to where they were, or into another queue, due at once or later,
 * the attempt not counted. Those whose lease was lost stay where they are.
 */
export async function handBack(pool: Pool, leaseToken: string, moves: readonly Move[], dueAt?: Date): Promise<void> {
  if (moves.length === 0) return;
  const keys = moves.map((move) => recipientKey(move.recipientId));
  await run(pool, HAND_BACK, [
    leaseToken,
    uuids(keys.map(({ messageId }) => messageId)),
    int2s(keys.map(({ number }) => number)),
    int4s(moves.map(({ queueId }) => queueId)),
    headStartMs(1),
    dueAt,
  ]);
}

export const HAND_BACK: Statement = {
  name: 'hand-back',
  text: `
    with given as materialized (
      select message_id, number, queue_id
      from unnest($2::uuid[], $3::int2[], $4::int[]) with ordinality as given (message_id, number, queue_id, place)
      where ${firstInPlan('place')}
    ), moved as (
      update recipients r set
        state = case when r.attempts > 1 then 'deferred' else 'queued' end::recipient_state,
        attempts = r.attempts - 1,
        queue_id = coalesce(g.queue_id, r.queue_id),
        lease_token = null
      from given g
      where r.message_id = g.message_id and r.number = g.number and r.lease_token = $1::uuid and r.state = 'sending'
      returning r.message_id, r.number, r.state, r.queue_id
    ), origin as (
      select queue_id from leases where token = $1::uuid
    ), waiting as (
      insert into waiting_recipients (message_id, queue_id, state, number, due_at, ready_at)
      select w.message_id, w.queue_id, w.state, w.number,
        coalesce($6::timestamptz, now() - coalesce(w.priority, 0) * $5::int * interval '1 millisecond'),
        case when w.priority < 0 then coalesce($6::timestamptz, now()) end
      from (select *, (select m.priority from messages m where m.id = moved.message_id) from moved) w
    )
    insert into queue_changes (queue_id, state, recipients)
    select queue_id, state, count(*) from moved group by queue_id, state
    union all
    select (select queue_id from origin), 'sending', -count(*) from moved having count(*) > 0`,
};
