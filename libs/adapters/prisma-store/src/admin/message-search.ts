import type { AddressMatch, MessageCondition, MessageSlice } from '@postern/administration';
import { Prisma } from '../generated/client.ts';
import type { Db } from './client.ts';

/**
 * The ids of the messages that meet every condition, the latest first, as a query.
 *
 * Ids sort by the time of acceptance, so the list is read backwards along an index and ends when the page is full: along
 * that of the messages, or, when a condition is met by few, along one that holds only those.
 */
export async function searchQuery(db: Db, { conditions, after, limit }: MessageSlice): Promise<Prisma.Sql> {
  const known = await Promise.all(conditions.map((condition) => lookedUp(db, condition)));
  const driver = known.find((each) => candidatesOf(each) !== undefined);
  const candidates = driver && candidatesOf(driver);
  const others = known.filter((each) => each !== driver || needsItself(each)).map(whereOf);
  const bounds = boundsOf(conditions, after);
  if (!candidates) {
    const where = Prisma.join(
      [Prisma.sql`true`, ...bounds.map((bound) => bound(Prisma.sql`m.id`)), ...others],
      ' and ',
    );
    return Prisma.sql`select m.id from messages m where ${where} order by m.id desc limit ${limit}`;
  }
  const within = Prisma.join([candidates.where, ...bounds.map((bound) => bound(candidates.id))], ' and ');
  return Prisma.sql`
    select m.id from (
      select distinct ${candidates.id} as id from ${candidates.from} where ${within} order by 1 desc
    ) d join messages m on m.id = d.id
    where ${Prisma.join([Prisma.sql`true`, ...others], ' and ')} order by d.id desc limit ${limit}`;
}

/** A condition whose queues have been looked up: an index gives its order only to those who name one queue. */
type Known =
  Exclude<MessageCondition, { field: 'queue' }> | { readonly field: 'queues'; readonly ids: readonly number[] };

async function lookedUp(db: Db, condition: MessageCondition): Promise<Known> {
  if (condition.field !== 'queue') return condition;
  const { queue } = condition;
  const id = /^[1-9][0-9]{0,8}$/.test(queue) ? Number(queue) : 0;
  const rows = await db.$queryRaw<{ readonly id: number }[]>`
    select id from delivery_queues where id = ${id} or name = ${queue}
    union select queue_id from domain_sites where domain = ${queue}`;
  return { field: 'queues', ids: rows.map((row) => row.id) };
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

/** Rows that hold every message that meets a condition. */
interface Candidates {
  readonly id: Prisma.Sql;
  readonly from: Prisma.Sql;
  readonly where: Prisma.Sql;
}

/** Where the few messages that meet a condition can be looked up; undefined: the messages themselves are the shortest way. */
function candidatesOf(condition: Known): Candidates | undefined {
  switch (condition.field) {
    case 'state':
      return candidatesInState(condition.state);
    case 'to': {
      const domain = condition.match.kind === 'domain' ? condition.match.domain : domainOf(condition.match.mailbox);
      return among('recipients', Prisma.sql`domain = ${domain}`);
    }
    case 'queues':
      return among('recipients', inQueues(condition.ids));
    default:
      return undefined;
  }
}

function candidatesInState(state: string): Candidates | undefined {
  switch (state) {
    case 'held':
    case 'bounced':
    case 'expired':
    case 'suppressed':
    case 'cancelled':
      return among('recipients', Prisma.sql`aside = ${state}::recipient_state`);
    case 'queued':
    case 'deferred':
      return among('waiting_recipients', Prisma.sql`state = ${state}::recipient_state`);
    case 'sending': {
      const from = Prisma.sql`leases cross join lateral unnest(message_ids) as claimed (id)`;
      return { id: Prisma.sql`claimed.id`, from, where: Prisma.sql`true` };
    }
    default:
      // Most messages end delivered.
      return undefined;
  }
}

function among(table: 'recipients' | 'waiting_recipients', where: Prisma.Sql): Candidates {
  return { id: Prisma.sql`message_id`, from: Prisma.raw(table), where };
}

function inQueues(ids: readonly number[]): Prisma.Sql {
  const [only, ...more] = ids;
  if (only === undefined) return Prisma.sql`false`;
  return more.length === 0 ? Prisma.sql`queue_id = ${only}` : Prisma.sql`queue_id in (${Prisma.join([...ids])})`;
}

/** Whether the candidates of a condition are more than those that meet it. */
function needsItself(condition: Known): boolean {
  return (
    (condition.field === 'state' && condition.state === 'sending') ||
    (condition.field === 'to' && condition.match.kind === 'mailbox')
  );
}

/** What a condition asks of a message `m`. */
function whereOf(condition: Known): Prisma.Sql {
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
    case 'queues':
      return someRecipient(inQueues(condition.ids));
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

function domainOf(mailbox: string): string {
  return mailbox.slice(mailbox.lastIndexOf('@') + 1).toLowerCase();
}
