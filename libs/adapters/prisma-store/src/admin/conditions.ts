import type { AddressMatch, CodeMatch, MessageCondition } from '@postern/administration';
import { Prisma } from '../generated/client.ts';
import type { Db } from './client.ts';

/** A condition on a recipient, with the queues that a name stands for. */
export type RecipientCondition =
  | Extract<MessageCondition, { field: 'state' | 'to' | 'code' | 'class' }>
  | { readonly field: 'queue'; readonly ids: readonly number[] };

/** A condition on a message that is neither about its id nor about a recipient. */
export type ContentCondition = Extract<
  MessageCondition,
  { field: 'from' | 'subject' | 'message-id' | 'credential' | 'network' | 'client' }
>;

export type Bound = (id: Prisma.Sql) => Prisma.Sql;

/** The conditions of a query, by what they are about. */
export interface SortedConditions {
  readonly ofRecipients: readonly RecipientCondition[];
  readonly ofMessages: readonly ContentCondition[];
  /** From where to where ids are looked at. */
  readonly bounds: readonly Bound[];
}

/** Sorts conditions by what they are about, and looks up the queues that are named. */
export async function sortConditions(db: Db, conditions: readonly MessageCondition[]): Promise<SortedConditions> {
  const ofRecipients: RecipientCondition[] = [];
  const ofMessages: ContentCondition[] = [];
  const bounds: Bound[] = [];
  for (const condition of conditions) {
    switch (condition.field) {
      case 'state':
      case 'to':
      case 'code':
      case 'class':
        ofRecipients.push(condition);
        break;
      case 'queue':
        ofRecipients.push({ field: 'queue', ids: await queueIds(db, condition.queue) });
        break;
      case 'site':
        ofRecipients.push({ field: 'queue', ids: await siteIds(db, condition.site) });
        break;
      case 'since':
        bounds.push((id) => Prisma.sql`${id} >= ${lowestId(condition.at)}::uuid`);
        break;
      case 'before':
        bounds.push((id) => Prisma.sql`${id} < ${lowestId(condition.at)}::uuid`);
        break;
      case 'id':
        bounds.push((id) => Prisma.sql`${id} = ${condition.id}::uuid`);
        break;
      default:
        ofMessages.push(condition);
    }
  }
  return { ofRecipients, ofMessages, bounds };
}

/** The lowest id of a message accepted at a time (RFC 9562 §5.7: milliseconds in the first 48 bits). */
export function lowestId(at: Date): string {
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/** What a condition asks of a recipient `r`. */
export function recipientWhere(condition: RecipientCondition): Prisma.Sql {
  switch (condition.field) {
    case 'state':
      return Prisma.sql`r.state = ${condition.state}::recipient_state`;
    case 'to':
      return toMatches(condition.match);
    case 'code':
      return codeMatches(condition.match);
    case 'class':
      return Prisma.sql`r.bounce_class = ${condition.class}`;
    case 'queue':
      return isOneOf(Prisma.sql`r.queue_id`, condition.ids);
  }
}

/** One value is compared as such: then its index gives its rows in the order of their messages. */
export function isOneOf(column: Prisma.Sql, ids: readonly number[]): Prisma.Sql {
  const [only] = ids;
  return ids.length === 1 && only !== undefined
    ? Prisma.sql`${column} = ${only}::int`
    : Prisma.sql`${column} = any(${ids}::int[])`;
}

/** What a condition asks of a message `m`. */
export function messageWhere(condition: ContentCondition): Prisma.Sql {
  switch (condition.field) {
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
    case 'network':
      return Prisma.sql`m.network_id = (select id from listed_networks where cidr = ${condition.cidr})`;
    case 'client':
      return Prisma.sql`m.client_address = ${condition.address}`;
  }
}

/** Whether an index of the messages gives what meets the condition in the order of their ids. */
export function isIndexed(condition: ContentCondition): boolean {
  const { field } = condition;
  return (
    field === 'credential' || field === 'network' || (condition.field === 'from' && condition.match.kind !== 'domain')
  );
}

function toMatches(match: AddressMatch): Prisma.Sql {
  if (match.kind === 'domain') return Prisma.sql`r.domain = ${match.domain}`;
  const domain = domainOf(match.mailbox);
  return Prisma.sql`(r.domain = ${domain} and lower(r.forward_path) = ${match.mailbox.toLowerCase()})`;
}

function codeMatches(match: CodeMatch): Prisma.Sql {
  if (match.kind === 'code') return Prisma.sql`r.last_code between ${match.from}::int2 and ${match.to}::int2`;
  const { prefix } = match;
  return Prisma.sql`(r.last_enhanced = ${prefix} or starts_with(r.last_enhanced, ${`${prefix}.`}))`;
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
export async function queueIds(db: Db, queue: string): Promise<readonly number[]> {
  const id = /^[1-9][0-9]{0,8}$/.test(queue) ? Number(queue) : 0;
  const rows = await db.$queryRaw<{ readonly id: number }[]>`
    select id from delivery_queues where id = ${id} or name = ${queue}
    union select queue_id from domain_sites where domain = ${queue}`;
  return rows.map((row) => row.id);
}

/** A site by its key, or by a domain that it serves. */
async function siteIds(db: Db, site: string): Promise<readonly number[]> {
  const rows = await db.$queryRaw<{ readonly id: number }[]>`
    select id from delivery_queues where kind = 'site' and name = ${site}
    union select queue_id from domain_sites where domain = ${site}`;
  return rows.map((row) => row.id);
}

function domainOf(mailbox: string): string {
  return mailbox.slice(mailbox.lastIndexOf('@') + 1).toLowerCase();
}

/** All of these, or `true`. */
export function and(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  return conditions.length === 0 ? Prisma.sql`true` : Prisma.join([...conditions], ' and ');
}
