import type { QueueDetail } from '@postern/administration';
import { instant, type Db } from './client.ts';

/** Attempts that are looked at, and kinds of replies that are told. */
const ATTEMPTS = 500;
const KINDS = 10;

/** What the latest attempts of a queue heard; replies count as alike by their codes and class, the latest one's words stand for all. */
export async function repliesOf(db: Db, queueId: number): Promise<QueueDetail['replies']> {
  const rows = await db.$queryRaw<Row[]>`
    select outcome::text, bounce_class, reply_from::text, reply_code, reply_enhanced, count(*)::int as attempts,
      max(started_at) as last_at, (array_agg(reply_text order by started_at desc))[1] as reply_text
    from (
      select * from attempts where queue_id = ${queueId} order by started_at desc limit ${ATTEMPTS}
    ) lately
    group by outcome, bounce_class, reply_from, reply_code, reply_enhanced order by last_at desc limit ${KINDS}`;
  return rows.map((row) => ({
    outcome: row.outcome,
    class: row.bounce_class,
    reply: { from: row.reply_from, code: row.reply_code, enhanced: row.reply_enhanced, text: row.reply_text },
    attempts: row.attempts,
    lastAt: instant(row.last_at),
  }));
}

interface Row {
  readonly outcome: QueueDetail['replies'][number]['outcome'];
  readonly bounce_class: string | null;
  readonly reply_from: 'remote' | 'local';
  readonly reply_code: number;
  readonly reply_enhanced: string | null;
  readonly reply_text: string;
  readonly attempts: number;
  readonly last_at: Date;
}
