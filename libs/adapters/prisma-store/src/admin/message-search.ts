import type { MessageSlice, Order } from '@postern/administration';
import { Prisma } from '../generated/client.ts';
import type { Db } from './client.ts';
import {
  and,
  isIndexed,
  isOneOf,
  messageWhere,
  recipientWhere,
  sortConditions,
  type RecipientCondition,
} from './conditions.ts';
import { SQL_ORDER } from './order.ts';

/** What a search found: ids in the order that was asked for, and how far back it looked when it did not look at everything. */
export interface FoundIds {
  readonly ids: readonly string[];
  /** The last message that was looked at; undefined when the page is full or there is nothing more. */
  readonly searchedTo: string | undefined;
}

/** How many messages one statement looks at, and how long a search goes on. */
const WINDOW = 20_000;
const BUDGET_MS = 800;

/** How many messages are looked at first where no index sorts what is looked for: where much of it is, the page is among them. */
const NEAR = 1_000;

/**
 * The ids of the messages that meet every condition, the latest or the oldest first. Conditions on recipients must all be met by one and
 * the same recipient: `state:deferred to:@example.com` finds what is deferred for that domain.
 *
 * Ids sort by the time of acceptance, so the list is read from its end along an index that holds what meets the narrowest
 * condition, and ends when the page is full. Conditions that no index knows (a part of the Subject, a sender's domain, a
 * code) are asked of one window of messages after the other, and not for long: what then was not looked at is told.
 */
export async function searchIds(
  db: Db,
  { conditions, after, limit, order = 'descending' }: MessageSlice,
): Promise<FoundIds> {
  const { ofRecipients, ofMessages, bounds } = await sortConditions(db, conditions);
  const path = pathOf(ofRecipients);
  // Who asks for one message, or for what an index knows, gets an answer at once, however long ago it was.
  const direct = (each: (typeof ofMessages)[number]) => path === undefined && isIndexed(each);
  const alongIndex = ofMessages.filter(direct).map(messageWhere);
  const residual = [
    ...ofMessages.filter((each) => !direct(each)).map(messageWhere),
    ...(path ? [] : someRecipient(ofRecipients)),
  ];
  const { behind: isBehind, direction } = SQL_ORDER[order];
  const from = (start: string | undefined) => (id: Prisma.Sql) =>
    and([
      ...(start === undefined ? [] : [Prisma.sql`${id} ${isBehind} ${start}::uuid`]),
      ...bounds.map((bound) => bound(id)),
    ]);
  const amongMessages = (start: string | undefined, most: number) => Prisma.sql`
    select m.id from messages m where ${and([from(start)(Prisma.sql`m.id`), ...alongIndex])}
    order by m.id ${direction} limit ${most}`;
  const source = (start: string | undefined, most: number) =>
    path
      ? Prisma.sql`
          select distinct message_id as id from (${path}) r
          where ${from(start)(Prisma.sql`r.message_id`)} order by message_id ${direction} limit ${most}`
      : amongMessages(start, most);
  if (residual.length > 0) return searchWindows(db, { source, residual, after, limit, order });
  if (isInAnyQueue(ofRecipients)) {
    const near = Prisma.sql`
      select m.id from (${amongMessages(after, NEAR)}) m where ${and(someRecipient(ofRecipients))}
      order by m.id ${direction} limit ${limit}`;
    const ids = await idsOf(db, near);
    if (ids.length === limit) return { ids, searchedTo: undefined };
  }
  return { ids: await idsOf(db, source(after, limit)), searchedTo: undefined };
}

interface Search {
  readonly source: (behind: string | undefined, most: number) => Prisma.Sql;
  readonly residual: readonly Prisma.Sql[];
  readonly after: string | undefined;
  readonly limit: number;
  readonly order: Order;
}

async function searchWindows(db: Db, { source, residual, after, limit, order }: Search): Promise<FoundIds> {
  const until = performance.now() + BUDGET_MS;
  const { direction } = SQL_ORDER[order];
  const backwards = SQL_ORDER[order === 'ascending' ? 'descending' : 'ascending'].direction;
  const ids: string[] = [];
  for (let behind = after; ;) {
    const [window] = await db.$queryRaw<{ ids: string[]; last: string | null; looked: number }[]>`
      with looked_at as materialized (${source(behind, WINDOW)})
      select array(
          select m.id::text from looked_at l join messages m on m.id = l.id where ${and(residual)}
          order by m.id ${direction} limit ${limit - ids.length}
        ) as ids,
        (select id::text from looked_at order by id ${backwards} limit 1) as last, (select count(*)::int from looked_at) as looked`;
    ids.push(...(window?.ids ?? []));
    if (ids.length >= limit || !window?.last || window.looked < WINDOW) return { ids, searchedTo: undefined };
    if (performance.now() > until) return { ids, searchedTo: window.last };
    behind = window.last;
  }
}

async function idsOf(db: Db, query: Prisma.Sql): Promise<readonly string[]> {
  return (await db.$queryRaw<{ readonly id: string }[]>`select id::text from (${query}) found`).map(({ id }) => id);
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
  // Nothing sorts recipients by what they were told: those that few are in are looked through, all others in windows.
  const told = conditions.some((each) => each.field === 'code' || each.field === 'class');
  if (!told && isWaiting(state)) {
    const inQueue = queue ? isOneOf(Prisma.sql`w.queue_id`, queue) : Prisma.sql`true`;
    return Prisma.sql`
      select message_id from waiting_recipients w where w.state = ${state}::recipient_state and ${inQueue}`;
  }
  if (queue && !told) return byRecipients;
  switch (state) {
    case 'held':
    case 'bounced':
    case 'expired':
    case 'suppressed':
    case 'cancelled':
      return Prisma.sql`select message_id from recipients r where r.aside = ${state}::recipient_state and ${met}`;
    case 'sending':
      return Prisma.sql`
        select r.message_id from leases l
        cross join lateral unnest(l.message_ids, l.numbers) as leased (message_id, number)
        join recipients r on r.message_id = leased.message_id and r.number = leased.number
        where r.state = 'sending' and ${met}`;
    default:
      // Most messages end delivered: the latest of them are found soonest among all.
      return undefined;
  }
}

/** What waits is sorted by its queue: of all queues at once it is read whole. */
function isInAnyQueue(conditions: readonly RecipientCondition[]): boolean {
  return conditions.length === 1 && conditions.some((each) => each.field === 'state' && isWaiting(each.state));
}

function isWaiting(state: string | undefined): boolean {
  return state === 'queued' || state === 'deferred';
}

function someRecipient(conditions: readonly RecipientCondition[]): readonly Prisma.Sql[] {
  if (conditions.length === 0) return [];
  return [
    Prisma.sql`exists (select from recipients r where r.message_id = m.id and ${and(conditions.map(recipientWhere))})`,
  ];
}
