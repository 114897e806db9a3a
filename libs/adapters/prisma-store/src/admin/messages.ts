import type { MessageDetail, MessageReads } from '@postern/administration';
import { parseMessageId, type MessageId } from '@postern/queue';
import { Prisma } from '../generated/client.ts';
import { REQUESTS, type RequestsColumn } from '../delivery/requests.ts';
import type { Db } from './client.ts';
import {
  attemptOf,
  readAttemptId,
  recipientOf,
  SUMMARY,
  summaryOf,
  type AttemptRow,
  type RecipientRow,
  type SummaryRow,
} from './message-rows.ts';
import { requestsOf } from './message-requests.ts';
import { searchIds } from './message-search.ts';
import { SQL_ORDER } from './order.ts';

/** Messages, read. */
export function messageReads(db: Db): MessageReads {
  return {
    async findMessages(slice) {
      const { ids, searchedTo } = await searchIds(db, slice);
      const rows = await db.$queryRaw<SummaryRow[]>`
        select ${SUMMARY} from unnest(${ids}::uuid[]) as found (id)
        join messages m on m.id = found.id left join credentials c on c.id = m.credential_id
        order by m.id ${SQL_ORDER[slice.order ?? 'descending'].direction}`;
      return {
        messages: rows.map(summaryOf),
        searchedTo: searchedTo === undefined ? undefined : messageIdOf(searchedTo),
      };
    },

    async showMessage(id) {
      const [row] = await db.$queryRaw<DetailRow[]>`
        select ${SUMMARY}, m.message_id_field, m.body::text, m.smtp_utf8, m.client_address, m.client_name,
          m.tls_protocol, m.tls_cipher, ${Prisma.raw(REQUESTS)} as requests, m.network_id, n.cidr as network_cidr,
          exists (select 1 from contents k where k.message_id = m.id) as content_kept
        from messages m left join credentials c on c.id = m.credential_id
        left join listed_networks n on n.id = m.network_id
        where m.id = ${id}::uuid`;
      return row && detailOf(row);
    },

    async contentChunk(id, chunk) {
      const [row] = await db.$queryRaw<{ readonly octets: Uint8Array; readonly trace: Uint8Array }[]>`
        select k.octets, m.trace_fields as trace from contents k join messages m on m.id = k.message_id
        where k.message_id = ${id}::uuid and k.chunk = ${chunk}`;
      return row && (chunk === 0 ? Buffer.concat([row.trace, row.octets]) : row.octets);
    },

    async listRecipients(id, { after, limit }) {
      const rows = await db.$queryRaw<RecipientRow[]>`
        select r.message_id, r.number, r.forward_path, r.domain, r.state::text, r.attempts, r.ended_at, r.maybe_delivered,
          r.notify, r.orcpt,
          q.id as queue_id, q.kind::text as queue_kind, q.name as queue_name, w.due_at,
          a.reply_from::text, a.reply_code, a.reply_enhanced, a.reply_text, r.bounce_class, a.bounce_rule
        from recipients r join delivery_queues q on q.id = r.queue_id
        left join waiting_recipients w
          on w.queue_id = r.queue_id and w.message_id = r.message_id and w.number = r.number
        left join lateral (
          select * from attempts a where a.message_id = r.message_id and a.number = r.number
          order by a.started_at desc limit 1
        ) a on true
        where r.message_id = ${id}::uuid and r.number > ${numberOf(after)}
        order by r.number limit ${limit}`;
      return rows.map(recipientOf);
    },

    async listAttempts(id, { after, limit, recipientId }) {
      const last = after === undefined ? undefined : readAttemptId(after);
      if (after !== undefined && !last) return [];
      const behind = last
        ? Prisma.sql`(date_trunc('milliseconds', a.started_at), a.number, a.lease_token) < (${last.at}, ${last.number}::int2, ${last.lease}::uuid)`
        : Prisma.sql`true`;
      const of = recipientId === undefined ? Prisma.sql`true` : Prisma.sql`a.number = ${numberOf(recipientId)}`;
      const rows = await db.$queryRaw<AttemptRow[]>`
        select a.message_id, a.number, a.lease_token, r.forward_path, a.attempt, a.started_at, a.duration_ms, a.steps_ms, a.stage,
          a.outcome::text, a.host, a.address, a.reply_from::text, a.reply_code, a.reply_enhanced, a.reply_text,
          a.tls_protocol, a.tls_cipher, a.tls_verified, a.tls_certificate, a.tls_failure, a.policy, a.source, a.channel,
          a.bounce_class, a.bounce_rule
        from attempts a join recipients r on r.message_id = a.message_id and r.number = a.number
        where a.message_id = ${id}::uuid and ${behind} and ${of}
        order by date_trunc('milliseconds', a.started_at) desc, a.number desc, a.lease_token desc limit ${limit}`;
      return rows.map(attemptOf);
    },
  };
}

interface DetailRow extends SummaryRow {
  readonly message_id_field: string;
  readonly body: MessageDetail['body'];
  readonly smtp_utf8: boolean;
  readonly client_address: string;
  readonly client_name: string;
  readonly tls_protocol: string | null;
  readonly tls_cipher: string | null;
  readonly requests: RequestsColumn | null;
  readonly network_id: string | null;
  readonly network_cidr: string | null;
  readonly content_kept: boolean;
}

function detailOf(row: DetailRow): Omit<MessageDetail, 'recipientPage' | 'attemptPage'> {
  return {
    ...summaryOf(row),
    messageIdField: row.message_id_field,
    body: row.body,
    smtpUtf8: row.smtp_utf8,
    requests: requestsOf(row.requests),
    clientAddress: row.client_address,
    clientName: row.client_name,
    tls: row.tls_protocol === null ? null : { protocol: row.tls_protocol, cipher: row.tls_cipher ?? '' },
    network: row.network_id === null ? null : { id: row.network_id, cidr: row.network_cidr ?? 'removed' },
    contentKept: row.content_kept,
  };
}

/** The number of a recipient within its message, from its id; 0, which none has, for what is no id. */
function numberOf(id: string | undefined): number {
  const number = /\.([0-9]{1,5})$/.exec(id ?? '')?.[1];
  return number === undefined ? 0 : Math.min(Number(number), 32_767);
}

/** The store's own ids are ids. */
function messageIdOf(id: string): MessageId {
  const parsed = parseMessageId(id);
  if (!parsed) throw new Error(`${id} is no message id`);
  return parsed;
}
