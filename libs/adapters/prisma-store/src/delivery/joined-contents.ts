import type { ClaimedMessage, MessageId } from '@postern/queue';
import type { Pool } from 'pg';
import { uuids } from '../connection/arrays.ts';
import { run, type Statement } from '../connection/run.ts';
import type { Gathered } from './claim.ts';

/** Adds the contents that are small enough to come with the claim, but were staged in several chunks: seldom any. */
export async function joinedContents(
  pool: Pool,
  messages: readonly Gathered[],
  inlineOctets: number,
): Promise<readonly ClaimedMessage[]> {
  const missing = messages.filter((message) => message.contentChunks > 1 && message.sizeOctets <= inlineOctets);
  if (missing.length === 0) return messages;
  const rows = await run<readonly [MessageId, Buffer]>(pool, CHUNKS, [uuids(missing.map(({ id }) => id))]);
  const chunks = Map.groupBy(rows, ([id]) => id);
  return messages.map((message) => {
    const own = chunks.get(message.id);
    return own?.length === message.contentChunks
      ? { ...message, content: Buffer.concat(own.map((row) => row[1])) }
      : message;
  });
}

const CHUNKS: Statement = {
  name: 'chunks',
  text: `
    select c.message_id, c.octets from unnest($1::uuid[]) with ordinality as asked (id, place)
    join contents c on c.message_id = asked.id order by asked.place, c.chunk`,
};
