import type { Order } from '@postern/administration';
import { Prisma } from '../generated/client.ts';

/** An order as Prisma says it. */
export const DIRECTION = { ascending: 'asc', descending: 'desc' } as const satisfies Record<Order, Prisma.SortOrder>;

/** What comes behind `after` in an order; nothing is left out from the start. */
export function behind<Key>(order: Order, after: Key | undefined): { gt?: Key; lt?: Key } {
  if (after === undefined) return {};
  return order === 'ascending' ? { gt: after } : { lt: after };
}

/** The same in SQL: how a row that comes behind another compares with it, and the word after `order by`. */
export const SQL_ORDER = {
  ascending: { behind: Prisma.sql`>`, direction: Prisma.sql`asc` },
  descending: { behind: Prisma.sql`<`, direction: Prisma.sql`desc` },
} as const satisfies Record<Order, object>;

export function turned(order: Order): Order {
  return order === 'ascending' ? 'descending' : 'ascending';
}
