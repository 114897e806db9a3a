import type { Aside, PaceChange } from '@postern/pace';
import type { QueueId } from '@postern/queue';
import type { ClientBase } from 'pg';
import { runIn, type Statement } from '../connection/run.ts';

/** Keeps what was changed because of a reply, for operators; the last of each queue. */
export async function noteChange(
  client: ClientBase,
  queueId: QueueId,
  change: Omit<PaceChange, 'kind'> & { readonly kind: PaceChange['kind'] | Aside['kind']; readonly subject?: string },
): Promise<void> {
  const { kind, subject, from, to, untilMs, cause } = change;
  await runIn(client, NOTE, [
    queueId,
    kind,
    subject,
    from,
    to,
    untilMs,
    cause?.rule,
    cause?.host,
    cause?.reply.from,
    cause?.reply.code,
    cause?.reply.enhanced,
    cause?.reply.text.replaceAll('\0', ' ').slice(0, 1_000),
  ]);
}

const KEPT = 100;

export const NOTE: Statement = {
  name: 'note-pace-change',
  text: `
    with gone as (
      delete from pace_changes where queue_id = $1::int and id <= (
        select id from pace_changes where queue_id = $1::int order by id desc offset ${KEPT - 1} limit 1)
    )
    insert into pace_changes (queue_id, kind, subject, before, after, until, rule, host, reply_from, reply_code, reply_enhanced, reply_text)
    values ($1::int, $2::text, $3::text, $4::float8, $5::float8, to_timestamp($6::float8 / 1000), $7::text, $8::text, $9::text,
      $10::int, $11::text, $12::text)`,
};
