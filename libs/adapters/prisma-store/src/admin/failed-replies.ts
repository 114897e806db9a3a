import type { BounceChanges, BounceReads, StoredReply } from '@postern/administration';
import { Prisma } from '../generated/client.ts';
import type { Db } from './client.ts';

/** Failed attempts along the primary key, those of the youngest messages first. */
export async function failedReplies(
  db: Db,
  { after, limit }: Parameters<BounceReads['failedReplies']>[0],
): Promise<readonly StoredReply[]> {
  const behind = after
    ? Prisma.sql`and (message_id, number, lease_token) < (${after.messageId}::uuid, ${after.number}::int2, ${after.leaseToken}::uuid)`
    : Prisma.empty;
  const rows = await db.$queryRaw<Row[]>`
    select message_id, number, lease_token, reply_from::text, reply_code, reply_enhanced, reply_text, stage, host, bounce_class
    from attempts where outcome in ('deferred', 'bounced', 'expired') and not late ${behind}
    order by message_id desc, number desc, lease_token desc limit ${limit}`;
  return rows.map((row) => ({
    messageId: row.message_id,
    number: row.number,
    leaseToken: row.lease_token,
    from: row.reply_from,
    code: row.reply_code,
    enhanced: row.reply_enhanced ?? undefined,
    text: row.reply_text,
    stage: row.stage,
    host: row.host ?? undefined,
    class: row.bounce_class ?? undefined,
  }));
}

/** Writes other classes to attempts, and to the recipients whose last attempt they are. */
export async function reclassify(db: Db, changes: Parameters<BounceChanges['reclassify']>[0]): Promise<void> {
  const json = JSON.stringify(
    changes.map(({ messageId, number, leaseToken, class: to, rule }) => ({ messageId, number, leaseToken, to, rule })),
  );
  await db.$executeRaw`
    with given as (
      select * from json_to_recordset(${json}::json) g("messageId" uuid, number int2, "leaseToken" uuid, "to" text, rule text)
    ), changed as (
      update attempts a set bounce_class = g."to", bounce_rule = g.rule from given g
      where a.message_id = g."messageId" and a.number = g.number and a.lease_token = g."leaseToken"
      returning a.message_id, a.number, a.attempt, a.bounce_class
    )
    update recipients r set bounce_class = c.bounce_class from changed c
    where r.message_id = c.message_id and r.number = c.number and r.attempts = c.attempt and r.bounce_class is not null`;
}

interface Row {
  readonly message_id: string;
  readonly number: number;
  readonly lease_token: string;
  readonly reply_from: StoredReply['from'];
  readonly reply_code: number;
  readonly reply_enhanced: string | null;
  readonly reply_text: string;
  readonly stage: StoredReply['stage'];
  readonly host: string | null;
  readonly bounce_class: string | null;
}
