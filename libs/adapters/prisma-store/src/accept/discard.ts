import type { MessageId } from '@postern/queue';
import type { Pool } from 'pg';
import { run, type Statement } from '../connection/run.ts';

/**
 * Forgets the staged chunks of a message that will not be accepted. A message that was accepted keeps its content,
 * whatever its client was told.
 */
export async function discard(pool: Pool, id: MessageId): Promise<void> {
  await run(pool, DISCARD, [id]);
}

/** Forgets what was staged more than `olderThanMs` ago and never accepted; answers how many messages. */
export async function discardAbandoned(pool: Pool, olderThanMs: number): Promise<number> {
  let discarded = 0;
  for (;;) {
    const rows = await run<readonly [number]>(pool, DISCARD_ABANDONED, [olderThanMs, BATCH]);
    const count = rows[0]?.[0] ?? 0;
    discarded += count;
    if (count < BATCH) return discarded;
  }
}

/** A message may have hundreds of chunks: few at a time keeps the statement short. */
const BATCH = 20;

const DISCARD: Statement = {
  name: 'discard',
  text: `
    with staged as (delete from staged_messages where message_id = $1::uuid returning message_id)
    delete from contents c using staged s where c.message_id = s.message_id`,
};

const DISCARD_ABANDONED: Statement = {
  name: 'discard-abandoned',
  text: `
    with abandoned as (
      select message_id from staged_messages where started_at < now() - $1 * interval '1 millisecond'
      order by started_at limit $2 for update skip locked
    ), staged as (
      delete from staged_messages s using abandoned a where s.message_id = a.message_id returning s.message_id
    ), content as (delete from contents c using staged s where c.message_id = s.message_id)
    select count(*) from staged`,
};
