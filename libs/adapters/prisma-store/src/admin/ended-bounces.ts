import type { BounceReads, EndedBounce } from '@postern/administration';
import { Prisma } from '../generated/client.ts';
import { instant, type Db } from './client.ts';

/** Attempts that ended a recipient as bounced or expired, along the primary key, those of the youngest messages first. */
export async function endedBounces(
  db: Db,
  { after, limit }: Parameters<BounceReads['endedBounces']>[0],
): Promise<readonly EndedBounce[]> {
  const behind = after
    ? Prisma.sql`and (a.message_id, a.number, a.lease_token) < (${after.messageId}::uuid, ${after.number}::int2, ${after.leaseToken}::uuid)`
    : Prisma.empty;
  const rows = await db.$queryRaw<readonly (Omit<EndedBounce, 'at'> & { readonly at: Date })[]>`
    select a.message_id as "messageId", a.number, a.lease_token as "leaseToken",
      a.started_at + a.duration_ms * interval '1 millisecond' as at, a.outcome::text as outcome,
      r.forward_path as "forwardPath", a.bounce_class as class, a.reply_code as code, a.reply_enhanced as enhanced,
      a.reply_text as text, a.host
    from attempts a join recipients r on r.message_id = a.message_id and r.number = a.number
    where a.outcome in ('bounced', 'expired') and not a.late ${behind}
    order by a.message_id desc, a.number desc, a.lease_token desc limit ${limit}`;
  return rows.map(({ at, ...row }) => ({ ...row, at: instant(at) }));
}
