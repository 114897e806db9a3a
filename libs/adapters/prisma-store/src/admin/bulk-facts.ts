import type { BulkFacts } from '@postern/sending-domain';
import type { Db } from './client.ts';
import { lowestId } from './conditions.ts';

const DAYS = 7;
/** Of a busy credential the latest so many messages tell enough, and cost little. */
const LOOKED_AT = 50_000;

/**
 * What a credential sent of late. Our signatures cover the unsubscribe fields whenever they are there, so the names in `h=` tell
 * that they are.
 */
export async function bulkFacts(db: Db, credentialId: string): Promise<BulkFacts> {
  const [row] = await db.$queryRaw<readonly BulkFacts[]>`
    with latest as (
      select accepted_at, position('DKIM-Signature:'::bytea in trace_fields) = 1 as signed,
        position('list-unsubscribe-post'::bytea in trace_fields) > 0 as one_click,
        substring(lower(header_from) from '@([a-z0-9.-]+)>?[^@]*$') as author,
        substring(lower(reverse_path) from '@([^@]*)$') as path
      from messages where credential_id = ${credentialId}::uuid and id >= ${lowestId(new Date(Date.now() - DAYS * 86_400_000))}::uuid
      order by id desc limit ${LOOKED_AT}
    )
    select count(*)::int as messages,
      coalesce((select max(n) from (select count(*)::int as n from latest group by date_trunc('day', accepted_at)) days), 0)::int
        as "peakPerDay",
      count(*) filter (where signed)::int as signed,
      count(*) filter (where signed or author = path or path like '%.' || author or author like '%.' || path)::int as aligned,
      count(*) filter (where one_click)::int as "oneClick"
    from latest`;
  return row ?? { messages: 0, peakPerDay: 0, signed: 0, aligned: 0, oneClick: 0 };
}
