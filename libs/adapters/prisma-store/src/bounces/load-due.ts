import { isBounceClass } from '@postern/bounce';
import type { MessageId, RecipientState } from '@postern/queue';
import type { DueMessage, DueRecipient } from '@postern/reports';
import type { ClientBase } from 'pg';
import { uuids } from '../connection/arrays.ts';
import { runIn, type Statement } from '../connection/run.ts';
import { recipientRequests } from '../delivery/requests.ts';

/** A message up to this size is returned whole when that was asked for; of larger ones the front is read, for the header. */
const WHOLE_OCTETS = 256 * 1024;

/** The messages about which something is due, the longest first; their rows are locked against whoever ends a recipient. */
export async function loadDue(client: ClientBase, limit: number): Promise<readonly DueMessage[]> {
  const found = await runIn<readonly [id: string]>(client, DUE, [limit]);
  if (found.length === 0) return [];
  const ids = uuids(found.map(([id]) => id));
  const messages = await runIn<MessageRow>(client, MESSAGES, [ids]);
  const recipients = await runIn<RecipientRow>(client, RECIPIENTS, [ids]);
  const contents = await runIn<ContentRow>(client, CONTENTS, [ids, WHOLE_OCTETS]);
  return messages.map((row) => messageOf(row, recipients, contents));
}

function messageOf(row: MessageRow, recipients: readonly RecipientRow[], contents: readonly ContentRow[]): DueMessage {
  const [
    id,
    acceptedAt,
    releaseAt,
    reversePath,
    smtpUtf8,
    ret,
    envid,
    subject,
    messageIdField,
    dsnTo,
    chunks,
    traceFields,
    unsettled,
  ] = row;
  const own = contents.filter(([messageId]) => messageId === id).map(([, , octets]) => octets);
  return {
    id,
    acceptedAt,
    releaseAt: releaseAt ?? undefined,
    reversePath,
    smtpUtf8,
    ret: ret ?? undefined,
    envid: envid ?? undefined,
    subject,
    messageIdField,
    dsnTo: dsnTo ?? 'reverse-path',
    unsettled,
    recipients: recipients.filter(([messageId]) => messageId === id).map(recipientOf),
    content: own.length === 0 ? undefined : Buffer.concat([traceFields, ...own]),
    contentIsWhole: own.length === chunks,
  };
}

function recipientOf(row: RecipientRow): DueRecipient {
  const [, number, event, since, forwardPath, state, notify, orcpt, attempt] = row;
  const bounceClass = attempt?.class;
  return {
    number,
    event,
    since,
    forwardPath,
    state,
    notify: recipientRequests(notify, null).notify,
    orcpt: orcpt ?? undefined,
    attempt: attempt
      ? {
          at: new Date(attempt.at),
          reply: {
            from: attempt.from,
            code: attempt.code,
            enhanced: attempt.enhanced ?? undefined,
            text: attempt.text,
          },
          stage: attempt.stage,
          host: attempt.host ?? undefined,
          class: bounceClass && isBounceClass(bounceClass) ? bounceClass : undefined,
        }
      : undefined,
  };
}

type MessageRow = readonly [
  id: MessageId,
  acceptedAt: Date,
  releaseAt: Date | null,
  reversePath: string,
  smtpUtf8: boolean,
  ret: 'FULL' | 'HDRS' | null,
  envid: string | null,
  subject: string,
  messageIdField: string,
  dsnTo: string | null,
  chunks: number,
  traceFields: Buffer,
  unsettled: number,
];

type RecipientRow = readonly [
  messageId: string,
  number: number,
  event: DueRecipient['event'],
  since: Date,
  forwardPath: string,
  state: RecipientState,
  notify: string | null,
  orcpt: string | null,
  attempt: AttemptColumn | null,
];

interface AttemptColumn {
  readonly at: string;
  readonly from: 'remote' | 'local';
  readonly code: number;
  readonly enhanced: string | null;
  readonly text: string;
  readonly stage: string;
  readonly host: string | null;
  readonly class: string | null;
}

type ContentRow = readonly [messageId: string, chunk: number, octets: Buffer];

const DUE: Statement = {
  name: 'bounce-due',
  text: `
    select message_id from (
      select message_id, due_at from bounce_work where due_at <= now() order by due_at limit 1000
    ) first group by message_id order by min(due_at) limit $1::int`,
};

const MESSAGES: Statement = {
  name: 'bounce-messages',
  text: `
    select m.id, m.accepted_at, m.release_at, m.reverse_path, m.smtp_utf8, m.ret::text, m.envid, m.subject, m.message_id_field,
      s.dsn, m.content_chunks, m.trace_fields,
      (select count(*)::int from recipients r
        where r.message_id = m.id and (r.state = 'sending' or (r.state = 'queued' and r.attempts = 0)))
    from messages m left join bounce_settings s on s.credential_id = m.credential_id
    where m.id = any($1::uuid[]) order by m.id
    for update of m`,
};

/** What the first report about a failure says, its code and enhanced code taken off its words. */
const RETURNED = `
      select json_build_object('at', k.received_at, 'from', 'remote',
        'code', coalesce(substring(k.diagnostic from '^([45][0-9][0-9])')::int, 550), 'enhanced', k.status,
        'text', regexp_replace(coalesce(k.diagnostic, ''), '^[45][0-9][0-9][ -]?([45](\\.[0-9]{1,3}){2}[ -])?', ''),
        'stage', 'content', 'host', k.reporting_mta, 'class', k.class) as attempt
      from returned_reports k
      where w.event = 'returned' and k.message_id = w.message_id and k.number = w.number and k.action = 'failed'
      order by k.received_at, k.id limit 1`;

const RECIPIENTS: Statement = {
  name: 'bounce-recipients',
  text: `
    select w.message_id, w.number, w.event::text, w.since, r.forward_path, r.state::text, r.notify, r.orcpt, coalesce(a.attempt, b.attempt)
    from bounce_work w join recipients r on r.message_id = w.message_id and r.number = w.number
    left join lateral (
      select json_build_object('at', started_at, 'from', reply_from, 'code', reply_code, 'enhanced', reply_enhanced,
        'text', reply_text, 'stage', stage, 'host', host, 'class', bounce_class) as attempt
      from attempts where message_id = w.message_id and number = w.number and not late and w.event <> 'returned'
      order by attempts.attempt desc limit 1
    ) a on true
    left join lateral (${RETURNED}) b on true
    where w.message_id = any($1::uuid[]) and w.due_at <= now()
    order by w.message_id, w.number`,
};

const CONTENTS: Statement = {
  name: 'bounce-contents',
  text: `
    select c.message_id, c.chunk, c.octets from contents c join messages m on m.id = c.message_id
    where c.message_id = any($1::uuid[]) and m.reverse_path <> ''
      and (c.chunk = 0 or (m.ret = 'FULL' and m.size_octets <= $2::int))
    order by c.message_id, c.chunk`,
};
