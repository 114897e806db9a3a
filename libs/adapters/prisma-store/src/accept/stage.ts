import type { MessageId } from '@postern/queue';
import type { Pool } from 'pg';
import { run, type Statement } from '../connection/run.ts';

/**
 * Stores one chunk of the content of a message that is not accepted yet; belongs to nobody until it is.
 *
 * It does not wait for the disk: what the log holds is in order, so the commit that accepts the message makes its chunks
 * durable with it, and checks that all of them are there.
 */
export async function stage(pool: Pool, id: MessageId, chunk: number, octets: Buffer): Promise<void> {
  await run(pool, chunk === 0 ? STAGE_FIRST : STAGE_NEXT, [id, chunk, octets]);
}

export const STAGE_FIRST: Statement = {
  name: 'stage-first',
  text: `
    with started as (insert into staged_messages (message_id) values ($1::uuid) on conflict do nothing)
    insert into contents (message_id, chunk, octets)
    select $1::uuid, $2::int, $3::bytea from (select set_config('synchronous_commit', 'off', true)) without_waiting
    on conflict do nothing`,
};

/** Only behind a first chunk: what was discarded meanwhile gets no more. */
export const STAGE_NEXT: Statement = {
  name: 'stage-next',
  text: `
    insert into contents (message_id, chunk, octets)
    select $1::uuid, $2::int, $3::bytea from (select set_config('synchronous_commit', 'off', true)) without_waiting
    where exists (select from staged_messages where message_id = $1::uuid)
    on conflict do nothing`,
};
