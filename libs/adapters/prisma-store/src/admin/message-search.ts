import type { AddressMatch, MessageCondition, MessageSlice } from '@postern/administration';
import { Prisma } from '../generated/client.ts';

/**
 * The ids of the messages that meet every condition, the latest first, as a query.
 *
 * Ids sort by the time of acceptance, so the list is read backwards along an index and ends when the page is full: along
 * that of the messages, or, when a condition is met by few, along one that holds only those.
 */
export function searchQuery({ conditions, after, limit }: MessageSlice): Prisma.Sql {
  const driver = conditions.find((each) => candidatesOf(each) !== undefined);
  const candidates = driver && candidatesOf(driver);
  const id = candidates ? Prisma.sql`d.message_id` : Prisma.sql`m.id`;
  const bounds = boundsOf(conditions, after);
  const others = conditions.filter((each) => each !== driver || needsItself(each)).map(whereOf);
  const where = Prisma.join([Prisma.sql`true`, ...bounds.map((bound) => bound(id)), ...others], ' and ');
  if (!candidates) return Prisma.sql`select m.id from messages m where ${where} order by m.id desc limit ${limit}`;
  // Several recipients of one message may be candidates; they come together, since ids do.
  return Prisma.sql`
    select distinct on (d.message_id) d.message_id as id from (${candidates}) d
    join messages m on m.id = d.message_id
    where ${where} order by d.message_id desc limit ${limit}`;
}

type Bound = (id: Prisma.Sql) => Prisma.Sql;

/** From where to where ids are looked at: behind the last page, and between the times asked for. */
function boundsOf(conditions: readonly MessageCondition[], after: string | undefined): readonly Bound[] {
  const bounds: Bound[] = after === undefined ? [] : [(id) => Prisma.sql`${id} < ${after}::uuid`];
  for (const condition of conditions) {
    if (condition.field === 'since') bounds.push((id) => Prisma.sql`${id} >= ${lowestId(condition.at)}::uuid`);
    if (condition.field === 'before') bounds.push((id) => Prisma.sql`${id} < ${lowestId(condition.at)}::uuid`);
    if (condition.field === 'id') bounds.push((id) => Prisma.sql`${id} = ${condition.id}::uuid`);
  }
  return bounds;
}

/** The lowest id of a message accepted at a time (RFC 9562 §5.7: milliseconds in the first 48 bits). */
function lowestId(at: Date): string {
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/** Rows, in an order that an index gives, that hold every message that meets the condition; undefined: the messages themselves. */
function candidatesOf(condition: MessageCondition): Prisma.Sql | undefined {
  switch (condition.field) {
    case 'state':
      return candidatesInState(condition.state);
    case 'to': {
      const domain = condition.match.kind === 'domain' ? condition.match.domain : domainOf(condition.match.mailbox);
      return Prisma.sql`select message_id from recipients where domain = ${domain}`;
    }
    case 'queue':
      return Prisma.sql`select message_id from recipients where queue_id in (${queueIds(condition.queue)})`;
    default:
      return undefined;
  }
}

function candidatesInState(state: string): Prisma.Sql | undefined {
  switch (state) {
    case 'held':
    case 'bounced':
    case 'expired':
    case 'suppressed':
    case 'cancelled':
      return Prisma.sql`select message_id from recipients where aside = ${state}::recipient_state`;
    case 'queued':
    case 'deferred':
      return Prisma.sql`select message_id from waiting_recipients where state = ${state}::recipient_state`;
    case 'sending':
      return Prisma.sql`select unnest(message_ids) as message_id from leases`;
    default:
      // Most messages end delivered: the messages themselves are the shortest way to the latest of them.
      return undefined;
  }
}

/** Whether the candidates of a condition are more than those that meet it. */
function needsItself(condition: MessageCondition): boolean {
  return (
    (condition.field === 'state' && condition.state === 'sending') ||
    (condition.field === 'to' && condition.match.kind === 'mailbox')
  );
}

/** What a condition asks of a message `m`. */
function whereOf(condition: MessageCondition): Prisma.Sql {
  switch (condition.field) {
    case 'state':
      return someRecipient(Prisma.sql`r.state = ${condition.state}::recipient_state`);
    case 'to':
      return someRecipient(toMatches(condition.match));
    case 'from':
      return fromMatches(condition.match);
    case 'subject':
      return Prisma.sql`strpos(lower(m.subject), ${condition.text.toLowerCase()}) > 0`;
    case 'message-id': {
      const bare = condition.text.replace(/^<|>$/g, '');
      return Prisma.sql`m.message_id_field in (${bare}, ${`<${bare}>`})`;
    }
    case 'credential':
      return Prisma.sql`m.credential_id = (select id from credentials where name = ${condition.name})`;
    case 'queue':
      return someRecipient(Prisma.sql`r.queue_id in (${queueIds(condition.queue)})`);
    case 'client':
      return Prisma.sql`m.client_address = ${condition.address}`;
    case 'id':
    case 'since':
    case 'before':
      return Prisma.sql`true`;
  }
}

function someRecipient(where: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`exists (select 1 from recipients r where r.message_id = m.id and ${where})`;
}

function toMatches(match: AddressMatch): Prisma.Sql {
  if (match.kind === 'domain') return Prisma.sql`r.domain = ${match.domain}`;
  const domain = domainOf(match.mailbox);
  return Prisma.sql`(r.domain = ${domain} and lower(r.forward_path) = ${match.mailbox.toLowerCase()})`;
}

function fromMatches(match: AddressMatch | { readonly kind: 'null' }): Prisma.Sql {
  switch (match.kind) {
    case 'null':
      return Prisma.sql`m.reverse_path = ''`;
    case 'mailbox':
      // As it was written, or in lower case, which are what clients send: both are found along the index.
      return Prisma.sql`m.reverse_path in (${match.mailbox}, ${match.mailbox.toLowerCase()})`;
    case 'domain':
      return Prisma.sql`right(lower(m.reverse_path), ${match.domain.length + 1}::int) = ${`@${match.domain}`}`;
  }
}

/** A queue by its id, its name, or a domain that it serves. */
function queueIds(queue: string): Prisma.Sql {
  const id = /^[1-9][0-9]{0,8}$/.test(queue) ? Number(queue) : 0;
  return Prisma.sql`
    select id from delivery_queues where id = ${id} or name = ${queue}
    union select queue_id from domain_sites where domain = ${queue}`;
}

function domainOf(mailbox: string): string {
  return mailbox.slice(mailbox.lastIndexOf('@') + 1).toLowerCase();
}
