import { randomUUID } from 'node:crypto';
import {
  type Claim,
  type ClaimedMessage,
  type ClaimedRecipient,
  type ClaimRequest,
  headStartMs,
  type MessageId,
} from '@postern/queue';
import type { Pool } from 'pg';
import { run, type Statement } from '../connection/run.ts';
import type { ClaimFloors } from './claim-floors.ts';
import type { StoreClock } from './store-clock.ts';
import { joinedContents } from './joined-contents.ts';
import { recipientId } from './recipient-id.ts';
import { ALL_SUSPENDED, notSuspended } from './suspended.ts';
import { messageRequests, recipientRequests, REQUESTS, type RequestsColumn } from './requests.ts';

/** Claims due recipients of a queue under a new lease, with their messages and small contents, in one statement. */
export async function claim(
  pool: Pool,
  { floors, clock }: { readonly floors: ClaimFloors; readonly clock: StoreClock },
  request: ClaimRequest,
): Promise<Claim> {
  const { queueId, lane = 0, limit, leaseMs, inlineOctets } = request;
  const leaseToken = randomUUID();
  const look = floors.look(queueId);
  const askedMs = performance.now();
  const rows = await run<Row>(pool, CLAIM, [queueId, limit, leaseToken, leaseMs, inlineOctets, look.from, lane]);
  look.found(rows[0]?.[OLDEST_DUE_AT]);
  const claimedAt = rows[0]?.[CLAIMED_AT];
  const now = claimedAt && (() => new Date(claimedAt.getTime() + performance.now() - askedMs));
  const messages = gather(rows).map((message) => ({
    ...message,
    ...(claimedAt && now ? { now, acceptedAt: clock.acceptedAt(message.acceptedAt, claimedAt) } : {}),
    queueId,
  }));
  return {
    leaseToken,
    messages: await joinedContents(pool, messages, inlineOctets),
    recipients: rows.length,
    full: rows.length >= limit,
  };
}

/** A claimed message, and in how many chunks its content is stored. */
export type Gathered = ClaimedMessage & { readonly contentChunks: number };

/** Rows are by message and number; the first of a message carries what it has in common. */
function gather(rows: readonly Row[]): readonly Gathered[] {
  const messages: Gathered[] = [];
  let recipients: ClaimedRecipient[] = [];
  for (const row of rows) {
    const [id, number, forwardPath, domain, attempt, , leads, notify, orcpt] = row;
    if (leads) {
      recipients = [];
      messages.push({ ...messageOf(row), recipients });
    }
    const asked = notify === null && orcpt === null ? undefined : recipientRequests(notify, orcpt);
    recipients.push({ id: recipientId(id, number), forwardPath, domain, attempt, ...asked });
  }
  return messages;
}

function messageOf(row: Row): Omit<Gathered, 'recipients'> {
  const [id, , , , , , , , , requests, , credentialId, ...common] = row;
  const [acceptedAt, reversePath, sizeOctets, contentChunks, body, smtpUtf8, traceFields, content] = common;
  return {
    ...(requests && messageRequests(requests)),
    id,
    credentialId: credentialId ?? undefined,
    acceptedAt,
    reversePath,
    sizeOctets,
    body,
    smtpUtf8,
    traceFields,
    content: content ?? undefined,
    contentChunks,
  };
}

type Row = readonly [
  id: MessageId,
  number: number,
  forwardPath: string,
  domain: string,
  attempt: number,
  oldestDueAt: Date,
  leads: boolean,
  notify: string | null,
  orcpt: string | null,
  requests: RequestsColumn | null,
  claimedAt: Date,
  credentialId: string | null,
  acceptedAt: Date,
  reversePath: string,
  sizeOctets: number,
  contentChunks: number,
  body: '7BIT' | '8BITMIME',
  smtpUtf8: boolean,
  traceFields: Buffer,
  content: Buffer | null,
];
const OLDEST_DUE_AT = 5;
const CLAIMED_AT = 10;

/** How long a message may be due after it is ready, at most: what is due later is not ready, and not looked at. */
export const LONGEST_STAND_BACK = `interval '${headStartMs(9)} milliseconds'`;

/**
 * `due` are the recipients that are due longest, found by one range of one index; `ready`, those of low priority, which
 * stand back until they are due, taken while nobody else is; `also` are the other due recipients of their messages. A row that another lane is claiming is locked, and skipped. The attempt is counted here, before
 * anything is dialled.
 */
export const CLAIM: Statement = {
  name: 'claim',
  text: `
    with open as (
      select from delivery_queues
      where id = $1::int and (suspended_at is null or suspended_until <= now()) and not ${ALL_SUSPENDED}
        and not exists (select from paces where queue_id = $1::int and (rest_until > now() or lanes <= $7::int))
    ), due as (
      select ctid as place, due_at from waiting_recipients
      where queue_id = $1::int and due_at >= $6::timestamptz and due_at <= now() and exists (select from open)
        and ${notSuspended('waiting_recipients')}
      order by due_at limit $2::int
      for update skip locked
    ), ready as (
      select ctid as place from waiting_recipients
      where queue_id = $1::int and ready_at <= now() and due_at > now() and due_at <= now() + ${LONGEST_STAND_BACK}
        and exists (select from open) and ${notSuspended('waiting_recipients')}
      order by due_at limit $2::int - (select count(*) from due)
      for update skip locked
    ), taken as (
      delete from waiting_recipients
      where ctid = any(array(select place from due) || array(select place from ready))
      returning message_id, number, state
    ), first as (
      update recipients r set state = 'sending', attempts = r.attempts + 1, lease_token = $3::uuid
      from taken t where r.message_id = t.message_id and r.number = t.number and r.state = t.state
      returning r.message_id, r.number, r.siblings, r.forward_path, r.domain, r.attempts, t.state as was,
        r.notify, r.orcpt
    ), also as (
      delete from waiting_recipients where ctid = any(array(
        select w.ctid from (select distinct message_id from first where siblings > 1) f
        join waiting_recipients w on w.queue_id = $1::int and w.message_id = f.message_id
        where (w.due_at <= now() or w.ready_at <= now()) and ${notSuspended('w')}
        for update of w skip locked))
      returning message_id, number, state
    ), next as (
      update recipients r set state = 'sending', attempts = r.attempts + 1, lease_token = $3::uuid
      from also t where r.message_id = t.message_id and r.number = t.number and r.state = t.state
      returning r.message_id, r.number, r.siblings, r.forward_path, r.domain, r.attempts, t.state as was,
        r.notify, r.orcpt
    ), claimed as (
      select * from first union all select * from next
    ), lease as (
      insert into leases (token, queue_id, claimed_at, until, message_ids, numbers)
      select $3::uuid, $1::int, now(), now() + $4::int * interval '1 millisecond', array_agg(message_id), array_agg(number)
      from claimed having count(*) > 0
    ), changed as (
      insert into queue_changes (queue_id, state, recipients)
      select $1::int, was, -count(*) from claimed group by was
      union all
      select $1::int, 'sending', count(*) from claimed having count(*) > 0
    )
    select c.message_id, c.number, c.forward_path, c.domain, c.attempts, (select min(due_at) from due), c.leads,
      c.notify, c.orcpt, ${REQUESTS}, now(), m.credential_id, m.accepted_at, m.reverse_path, m.size_octets, m.content_chunks, m.body, m.smtp_utf8, m.trace_fields, o.octets
    from (
      select *, row_number() over (partition by message_id order by number) = 1 as leads from claimed
    ) c
    left join messages m on c.leads and m.id = c.message_id
    left join contents o on m.content_chunks = 1 and m.size_octets <= $5::int and o.message_id = m.id and o.chunk = 0
    order by c.message_id, c.number`,
};
