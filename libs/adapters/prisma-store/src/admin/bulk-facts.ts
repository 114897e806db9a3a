import type { BulkFacts } from '@postern/sending-domain';
import type { Db } from './client.ts';
import { bounceRates } from './bounce-rates.ts';
import { lowestId } from './conditions.ts';
import { BY_DMARC, sentMail, type SentRow } from './sent-as.ts';

const DAYS = 7;
/** Of a busy credential the latest so many messages tell enough, and cost little. */
const LOOKED_AT = 50_000;
/** Kinds of mail that are told apart. */
const KINDS = 200;

interface Counts {
  readonly messages: number;
  readonly peakPerDay: number;
  readonly signed: number;
  readonly oneClick: number;
}

/**
 * What a credential sent of late. Our signatures cover the unsubscribe fields whenever they are there, so the names in `h=` tell
 * that they are.
 */
export async function bulkFacts(db: Db, credentialId: string): Promise<BulkFacts> {
  const since = new Date(Date.now() - DAYS * 86_400_000);
  const [counts] = await db.$queryRaw<readonly Counts[]>`
    with latest as (
      select accepted_at, position('DKIM-Signature:'::bytea in trace_fields) = 1 as signed,
        position('list-unsubscribe-post'::bytea in trace_fields) > 0
          and position('list-unsubscribe:'::bytea in trace_fields) > 0 as one_click
      from messages where credential_id = ${credentialId}::uuid and id >= ${lowestId(since)}::uuid
      order by id desc limit ${LOOKED_AT}
    )
    select count(*)::int as messages,
      coalesce((select max(n) from (select count(*)::int as n from latest group by date_trunc('day', accepted_at)) days), 0)::int
        as "peakPerDay",
      count(*) filter (where signed)::int as signed,
      count(*) filter (where one_click)::int as "oneClick"
    from latest`;
  const rows = await db.$queryRaw<readonly SentRow[]>`
    select author, path, signer, signed_path, count(*)::int as messages
    from (
      select ${BY_DMARC}
      from messages m left join bounce_settings b on b.credential_id = m.credential_id
      where m.credential_id = ${credentialId}::uuid and m.id >= ${lowestId(since)}::uuid order by m.id desc limit ${LOOKED_AT}
    ) latest
    group by 1, 2, 3, 4 order by 5 desc limit ${KINDS}`;
  const every = {
    networkId: undefined,
    domain: undefined,
    queueId: undefined,
    class: undefined,
    source: undefined,
    span: undefined,
  };
  const rates = await bounceRates(db, { by: 'credential', since, until: new Date(), credentialId, ...every });
  const sum = (outcome: 'delivered' | 'complained') => rates.reduce((total, each) => total + each[outcome], 0);
  return {
    ...(counts ?? { messages: 0, peakPerDay: 0, signed: 0, oneClick: 0 }),
    sent: rows.map(sentMail),
    delivered: sum('delivered'),
    complained: sum('complained'),
  };
}
