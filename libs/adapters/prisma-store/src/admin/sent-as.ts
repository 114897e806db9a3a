import type { SendingDomain, SentMail } from '@postern/sending-domain';
import { Prisma } from '../generated/client.ts';
import type { Db } from './client.ts';
import { lowestId } from './conditions.ts';

const DAYS = 7;
/** Of a busy gateway the latest so many messages tell enough, and cost little. */
const LOOKED_AT = 20_000;
/** Kinds of mail that are told apart, the most frequent first. */
const KINDS = 200;

/** What DMARC looks at in a message `m` of a credential with the settings `b`. Our signatures stand first, and name the domain first. */
export const BY_DMARC = Prisma.sql`
  substring(lower(m.header_from) from '@([a-z0-9.-]+)>?[^@]*$') as author,
  coalesce(substring(lower(m.reverse_path) from '@([^@]*)$'), '') as path,
  case when position('DKIM-Signature:'::bytea in m.trace_fields) = 1
    then substring(convert_from(substring(m.trace_fields for 500), 'LATIN1') from '\\sd=([^;\\s]+);') end as signer,
  coalesce(b.signed_paths, false) as signed_path`;

export interface SentRow {
  readonly author: string | null;
  readonly path: string;
  readonly signer: string | null;
  readonly signed_path: boolean;
  readonly messages: number;
}

export function sentMail({ author, path, signer, signed_path, messages }: SentRow): SentMail {
  return {
    author: author ?? '',
    reversePathDomain: path,
    signer: signer ?? undefined,
    signedPath: signed_path,
    messages,
  };
}

/** What was sent as a domain of late, and as its sub-domains where it signs for them. */
export async function sentAs(
  db: Db,
  { name, subDomains }: Pick<SendingDomain, 'name' | 'subDomains'>,
): Promise<readonly SentMail[]> {
  const rows = await db.$queryRaw<readonly SentRow[]>`
    select author, path, signer, signed_path, count(*)::int as messages
    from (
      select ${BY_DMARC}
      from messages m left join bounce_settings b on b.credential_id = m.credential_id
      where m.id >= ${lowestId(new Date(Date.now() - DAYS * 86_400_000))}::uuid order by m.id desc limit ${LOOKED_AT}
    ) latest
    where author = ${name} or (${subDomains} and right(author, length(${`.${name}`})) = ${`.${name}`}
      and not exists (select from sending_domains d where d.name = author))
    group by 1, 2, 3, 4 order by 5 desc limit ${KINDS}`;
  return rows.map(sentMail);
}
