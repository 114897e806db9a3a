import { type NewMessage, StoreUnavailable } from '@postern/queue';
import type { ClientBase, Pool } from 'pg';
import { instants, int2s, int4s, octetStrings, texts, uuids, booleans } from '../connection/arrays.ts';
import { run, runIn, type Statement, type Value } from '../connection/run.ts';
import { transaction } from '../connection/transaction.ts';
import { holdAccepted } from './hold-accepted.ts';
import { suppressAccepted } from './suppress-accepted.ts';
import { asks, type MoreColumns, NOTHING_ASKED, requestColumns, requestValues } from './requests.ts';

/**
 * Stores messages with their recipients and contents in one durable transaction (RFC 5321 §6.1): one statement for all
 * of them, whatever their number.
 *
 * When it rejects with StoreUnavailable the messages are not ours; only when the answer to the commit was lost may they
 * be stored all the same, and delivered, while the client comes back with them (RFC 1047).
 */
export async function accept(pool: Pool, messages: readonly NewMessage[]): Promise<void> {
  if (messages.length === 0) return;
  if (messages.every(isPlain)) return void (await run(pool, ...statementFor(messages)));
  await transaction(pool, (client) => acceptIn(client, messages));
}

/** The same inside a transaction, with what else it does. */
export async function acceptIn(client: ClientBase, messages: readonly NewMessage[]): Promise<void> {
  const staged = messages.filter((message) => message.content.kind === 'staged');
  if (staged.length > 0) await takeStaged(client, staged);
  await runIn(client, ...statementFor(messages));
  await suppressAccepted(client, messages);
  await holdAccepted(client, messages);
}

/** Whether one statement is enough. */
function isPlain({ content, held, recipients }: NewMessage): boolean {
  return content.kind === 'inline' && held !== true && !recipients.some((recipient) => recipient.suppressed);
}

function statementFor(messages: readonly NewMessage[]): readonly [Statement, readonly Value[]] {
  return messages.some(asks)
    ? [ACCEPT_REQUESTS, [...values(messages), ...requestValues(messages)]]
    : [ACCEPT, values(messages)];
}

/** What a statement accepts: messages that ask for nothing beyond delivery, as nearly all; or any. */
function acceptStatement(name: string, more: MoreColumns): Statement {
  return {
    name,
    text: `
      with message as (
        insert into messages (
          id, accepted_at, credential_id, network_id, size_octets, content_chunks, recipients, open_recipients, body,
          listener, smtp_utf8, reverse_path, header_from, subject, message_id_field, client_address, client_name,
          tls_protocol, tls_cipher, trace_fields${more.messages.columns})
        select unnest($1::uuid[]), unnest($2::timestamptz[]), unnest($3::uuid[]), unnest($4::uuid[]), unnest($5::int[]),
          unnest($6::int[]), unnest($7::int[]), unnest($7::int[]), unnest($8::text[])::message_body,
          unnest($9::text[])::listener, unnest($10::bool[]), unnest($11::text[]), unnest($12::text[]), unnest($13::text[]),
          unnest($14::text[]), unnest($15::text[]), unnest($16::text[]), unnest($17::text[]), unnest($18::text[]),
          unnest($19::bytea[])${more.messages.values}
      ), content as (
        insert into contents (message_id, chunk, octets) select unnest($20::uuid[]), 0, unnest($21::bytea[])
      ), recipient as (
        insert into recipients (message_id, number, siblings, queue_id, state, domain, forward_path${more.recipients.columns})
        select unnest($22::uuid[]), unnest($23::int2[]), unnest($24::int2[]), unnest($25::int[]), 'queued',
          unnest($26::text[]), unnest($27::text[])${more.recipients.values}
      ), waiting as (
        insert into waiting_recipients (message_id, queue_id, state, number, due_at, ready_at)
        select message_id, queue_id, 'queued', number, ${more.due.dueAt}, ${more.due.readyAt}
        from (select unnest($22::uuid[]) as message_id, unnest($25::int[]) as queue_id,
          unnest($23::int2[]) as number${more.due.from}) waits
      )${more.also}
      insert into queue_changes (queue_id, state, recipients, accepted)
      select unnest($28::int[]), 'queued', unnest($29::int[]), unnest($29::int[])`,
  };
}

/** How many values `values` makes. */
const VALUES = 29;

export const ACCEPT = acceptStatement('accept', NOTHING_ASKED);
export const ACCEPT_REQUESTS = acceptStatement('accept-requests', requestColumns(VALUES + 1));

function values(messages: readonly NewMessage[]): readonly Value[] {
  const each = <T>(of: (message: NewMessage) => T): T[] => messages.map(of);
  const inline = messages.flatMap(({ id, content }) =>
    content.kind === 'inline' ? [{ id, octets: content.octets }] : [],
  );
  const recipients = messages.flatMap(({ id, recipients: all }) =>
    all.map((recipient, index) => ({ ...recipient, id, number: index + 1, siblings: all.length })),
  );
  const queues = countBy(recipients.map(({ queueId }) => queueId));
  return [
    uuids(each(({ id }) => id)),
    instants(each(({ acceptedAt }) => acceptedAt)),
    uuids(each(({ origin }) => origin.credentialId)),
    uuids(each(({ origin }) => origin.networkId)),
    int4s(each(({ sizeOctets }) => sizeOctets)),
    int4s(each(({ content }) => (content.kind === 'inline' ? 1 : content.chunks))),
    int4s(each((message) => message.recipients.length)),
    texts(each(({ body }) => body)),
    texts(each(({ origin }) => origin.listener)),
    booleans(each(({ smtpUtf8 }) => smtpUtf8)),
    texts(each(({ reversePath }) => reversePath)),
    texts(each(({ headerFrom }) => headerFrom)),
    texts(each(({ subject }) => subject)),
    texts(each(({ messageIdField }) => messageIdField)),
    texts(each(({ origin }) => origin.clientAddress)),
    texts(each(({ origin }) => origin.clientName)),
    texts(each(({ origin }) => origin.tls?.protocol)),
    texts(each(({ origin }) => origin.tls?.cipher)),
    octetStrings(each(({ traceFields }) => traceFields)),
    uuids(inline.map(({ id }) => id)),
    octetStrings(inline.map(({ octets }) => octets)),
    uuids(recipients.map(({ id }) => id)),
    int2s(recipients.map(({ number }) => number)),
    int2s(recipients.map(({ siblings }) => siblings)),
    int4s(recipients.map(({ queueId }) => queueId)),
    texts(recipients.map(({ domain }) => domain)),
    texts(recipients.map(({ forwardPath }) => forwardPath)),
    int4s([...queues.keys()]),
    int4s([...queues.values()]),
  ];
}

function countBy(keys: readonly number[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/**
 * Makes staged contents part of the transaction. They are written without waiting for the disk, and can be discarded:
 * a message whose content is not there in all its chunks is not accepted.
 */
async function takeStaged(client: ClientBase, staged: readonly NewMessage[]): Promise<void> {
  const rows = await runIn<readonly [id: string, chunks: number]>(client, TAKE_STAGED, [
    uuids(staged.map(({ id }) => id)),
  ]);
  const chunks = new Map(rows);
  for (const { id, content } of staged) {
    if (content.kind === 'staged' && chunks.get(id) !== content.chunks)
      throw new StoreUnavailable(`The content of ${id} was staged in ${content.chunks} chunks, and is not there whole`);
  }
}

const TAKE_STAGED: Statement = {
  name: 'take-staged',
  text: `
    with taken as (delete from staged_messages where message_id = any($1::uuid[]) returning message_id)
    select t.message_id, (select count(*) from contents c where c.message_id = t.message_id) from taken t`,
};
