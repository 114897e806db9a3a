import { type MessageId, StoreUnavailable } from '@postern/queue';
import type { Pool } from 'pg';
import { run, type Statement } from '../connection/run.ts';

/** The content of a message, chunk by chunk: one is held at a time. */
export async function* readContent(pool: Pool, id: MessageId): AsyncGenerator<Buffer, void, undefined> {
  for (let chunk = 0, chunks = 1; chunk < chunks; chunk += 1) {
    const [row] = await run<readonly [chunks: number, octets: Buffer | null]>(pool, CHUNK, [id, chunk]);
    const octets = row?.[1];
    // A message must never be sent with a part of its content.
    if (!row || !octets) throw new StoreUnavailable(`Chunk ${chunk} of the content of ${id} is not there`);
    chunks = row[0];
    yield octets;
  }
}

export const CHUNK: Statement = {
  name: 'chunk',
  text: `
    select m.content_chunks, c.octets from messages m
    left join contents c on c.message_id = m.id and c.chunk = $2::int where m.id = $1::uuid`,
};
