import type { SentMessage } from '@postern/sending-domain';
import type { Db } from './client.ts';
import { BY_DMARC, sentMail, type SentRow } from './sent-as.ts';

/** What receivers look at in a message to find whether it is its author's. */
export async function sentMessage(db: Db, id: string): Promise<SentMessage | undefined> {
  const [row] = await db.$queryRaw<readonly (SentRow & { readonly trace_fields: Uint8Array })[]>`
    select ${BY_DMARC}, 1 as messages, m.trace_fields
    from messages m left join bounce_settings b on b.credential_id = m.credential_id
    where m.id = ${id}::uuid`;
  return row && { mail: sentMail(row), traceFields: Buffer.from(row.trace_fields) };
}
