import type { SentMail } from '@postern/sending-domain';
import type { Db } from './client.ts';
import { lowestId } from './conditions.ts';

const DAYS = 7;
/** Of a busy gateway the latest so many messages tell enough, and cost little. */
const LOOKED_AT = 20_000;

/** What was sent as a domain of late, by the domain of its reverse-path and whether it was signed. */
export async function sentAs(db: Db, domain: string): Promise<readonly SentMail[]> {
  const rows = await db.$queryRaw<readonly { path: string; signed: boolean; messages: number }[]>`
    select substring(lower(reverse_path) from '@([^@]*)$') as path, signed, count(*)::int as messages
    from (
      select reverse_path, header_from, position('DKIM-Signature:'::bytea in trace_fields) = 1 as signed
      from messages where id >= ${lowestId(new Date(Date.now() - DAYS * 86_400_000))}::uuid order by id desc limit ${LOOKED_AT}
    ) latest
    where substring(lower(header_from) from '@([a-z0-9.-]+)>?[^@]*$') = ${domain}
    group by 1, 2`;
  return rows.map(({ path, signed, messages }) => ({ reversePathDomain: path ?? '', signed, messages }));
}
