import type { AddressMatch, MessageCondition, MessageSlice } from '@postern/administration';
import { Prisma } from '../generated/client.ts';
import type { Db } from './client.ts';

/**
 * The ids of the messages that meet every condition, the latest first, as a query. Conditions on recipients must all be
 * met by one and the same recipient: `state:deferred to:@example.com` finds what is deferred for that domain.
 *
 * Ids sort by the time of acceptance, so the list is read backwards along an index that holds what meets the narrowest
 * condition, and ends when the page is full.
 */
export async function searchQuery(db: Db, { conditions, after, limit }: MessageSlice): Promise<Prisma.Sql> {
  const ofRecipients: RecipientCondition[] = [];
  const ofMessages: Prisma.Sql[] = [];
  for (const condition of conditions) {
    if (condition.field === 'state' || condition.field === 'to') ofRecipients.push(condition);
    else if (condition.field === 'queue')
      ofRecipients.push({ field: 'queue', ids: await queueIds(db, condition.queue) });
    else ofMessages.push(...messageWhere(condition));
  }
  const bounds = (id: Prisma.Sql) => and(boundsOf(conditions, after).map((bound) => bound(id)));
  const path = pathOf(ofRecipients);
  if (!path) {
    const where = and([bounds(Prisma.sql`m.id`), ...ofMessages, ...someRecipient(ofRecipients)]);
    return Prisma.sql`select m.id from messages m where ${where} order by m.id desc limit ${limit}`;
  }
  const ids = Prisma.sql`
    select distinct message_id as id from (${path}) r
    where ${and([bounds(Prisma.sql`r.message_id`)])} order by message_id desc`;
  if (ofMessages.length === 0) return Prisma.sql`${ids} limit ${limit}`;
  return Prisma.sql`
    select d.id from (${ids}) d
    cross join lateral (select from messages m where m.id = d.id and ${and(ofMessages)} limit 1) m
    order by d.id desc limit ${limit}`;
}

/** A condition on a recipient, with the queues that a name stands for. */
type RecipientCondition =
  Extract<MessageCondition, { field: 'state' | 'to' }> | { readonly field: 'queue'; readonly ids: readonly number[] };

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

/** The recipients that meet the conditions, by an index of theirs; undefined: the messages themselves are the shorter way. */
function pathOf(conditions: readonly RecipientCondition[]): Prisma.Sql | undefined {
  const [state, ...otherStates] = conditions.flatMap((each) => (each.field === 'state' ? [each.state] : []));
  const [queue, ...otherQueues] = conditions.flatMap((each) => (each.field === 'queue' ? [each.ids] : []));
  // Nobody is in two states; who asks for that may wait a little for nothing.
  if (otherStates.length > 0 || otherQueues.length > 0) return undefined;
  const met = and(conditions.map(recipientWhere));
  const byRecipients = Prisma.sql`select message_id from recipients r where ${met}`;
  if (conditions.some((each) => each.field === 'to')) return byRecipients;
  if (state === 'queued' || state === 'deferred') {
    const inQueue = queue ? isOneOf(Prisma.sql`w.queue_id`, queue) : Prisma.sql`true`;
    return Prisma.sql`
      select message_id from waiting_recipients w where w.state = ${state}::recipient_state and ${inQueue}`;
  }
  if (queue) return byRecipients;
  switch (state) {
    case 'held':
    case 'bounced':
    case 'expired':
    case 'suppressed':
    case 'cancelled':
      return Prisma.sql`select message_id from recipients where aside = ${state}::recipient_state`;
    case 'sending':
      return Prisma.sql`
        select r.message_id from leases l
        cross join lateral unnest(l.message_ids, l.numbers) as leased (message_id, number)
        join recipients r on r.message_id = leased.message_id and r.number = leased.number
        where r.state = 'sending'`;
    default:
      // Most messages end delivered: the latest of them are found soonest among all.
      return undefined;
  }
}

/** What a condition asks of a recipient `r`. */
function recipientWhere(condition: RecipientCondition): Prisma.Sql {
  switch (condition.field) {
    case 'state':
      return Prisma.sql`r.state = ${condition.state}::recipient_state`;
    case 'to':
      return toMatches(condition.match);
    case 'queue':
      return isOneOf(Prisma.sql`r.queue_id`, condition.ids);
  }
}

/** One value is compared as such: then its index gives its rows in the order of their messages. */
function isOneOf(column: Prisma.Sql, ids: readonly number[]): Prisma.Sql {
  const [only] = ids;
  return ids.length === 1 && only !== undefined
    ? Prisma.sql`${column} = ${only}::int`
    : Prisma.sql`${column} = any(${ids}::int[])`;
}

function someRecipient(conditions: readonly RecipientCondition[]): readonly Prisma.Sql[] {
  if (conditions.length === 0) return [];
  return [
    Prisma.sql`exists (select from recipients r where r.message_id = m.id and ${and(conditions.map(recipientWhere))})`,
  ];
}

/** What a condition asks of a message `m`; those on ids are bounds. */
function messageWhere(
  condition: Exclude<MessageCondition, { field: 'state' | 'to' | 'queue' }>,
): readonly Prisma.Sql[] {
  switch (condition.field) {
    case 'from':
      return [fromMatches(condition.match)];
    case 'subject':
      return [Prisma.sql`strpos(lower(m.subject), ${condition.text.toLowerCase()}) > 0`];
    case 'message-id': {
      const bare = condition.text.replace(/^<|>$/g, '');
      return [Prisma.sql`m.message_id_field in (${bare}, ${`<${bare}>`})`];
    }
    case 'credential':
      return [Prisma.sql`m.credential_id = (select id from credentials where name = ${condition.name})`];
    case 'client':
      return [Prisma.sql`m.client_address = ${condition.address}`];
    case 'id':
    case 'since':
    case 'before':
      return [];
  }
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
    case 'mailbox': {
      const lower = match.mailbox.toLowerCase();
      // As it was written, or in lower case, which are what clients send: both are found along the index.
      return lower === match.mailbox
        ? Prisma.sql`m.reverse_path = ${lower}`
        : Prisma.sql`m.reverse_path in (${match.mailbox}, ${lower})`;
    }
    case 'domain':
      return Prisma.sql`right(lower(m.reverse_path), ${match.domain.length + 1}::int) = ${`@${match.domain}`}`;
  }
}

/** A queue by its id, its name, or a domain that it serves. */
async function queueIds(db: Db, queue: string): Promise<readonly number[]> {
  const id = /^[1-9][0-9]{0,8}$/.test(queue) ? Number(queue) : 0;
  const rows = await db.$queryRaw<{ readonly id: number }[]>`
    select id from delivery_queues where id = ${id} or name = ${queue}
    union select queue_id from domain_sites where domain = ${queue}`;
  return rows.map((row) => row.id);
}

function domainOf(mailbox: string): string {
  return mailbox.slice(mailbox.lastIndexOf('@') + 1).toLowerCase();
}

function and(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? Prisma.sql`true` : Prisma.join([...conditions], ' and ');
}
