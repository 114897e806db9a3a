import type { Order } from '@postern/admin-contract';

/** By one column: whether the list is in this order, and where it is so, or the other way round. */
export interface Sort {
  readonly chosen: boolean;
  readonly order: Order;
  /** By this column; the other way round where it is chosen already. */
  readonly href: string;
  readonly ascending: string;
  readonly descending: string;
  /** What its two ends are called: of times, and of words. */
  readonly ends: Readonly<Record<Order, string>>;
}

const ENDS = {
  words: { ascending: 'A to Z', descending: 'Z to A' },
  times: { ascending: 'oldest first', descending: 'latest first' },
  ages: { ascending: 'latest first', descending: 'oldest first' },
  numbers: { ascending: 'lowest first', descending: 'highest first' },
} as const satisfies Record<string, Record<Order, string>>;

/** By what the API sorts, the order that it has at first, and of what kind it is: words where they go from A, else times. */
type SortBy<Key extends string> = readonly [sort: Key, order: Order, kind?: keyof typeof ENDS];

/** By which columns a list can be sorted; by others no index leads through a long list. */
export type Sorts = Readonly<Record<string, Sort>>;

/** Sorts by the columns that the API sorts by. */
export function sortsOf<Key extends string>(
  search: { readonly sort: Key; readonly order: Order },
  columns: Readonly<Record<string, SortBy<Key>>>,
  path: (change: { readonly sort: Key; readonly order: Order }) => string,
): Sorts {
  const entries = Object.entries(columns).map(([column, [sort, atFirst, kind]]): [string, Sort] => {
    const chosen = search.sort === sort;
    const order = chosen ? search.order : atFirst;
    const [ascending, descending] = [path({ sort, order: 'ascending' }), path({ sort, order: 'descending' })];
    const next = chosen ? turned(order) : order;
    const href = next === 'ascending' ? ascending : descending;
    const ends = ENDS[kind ?? (atFirst === 'ascending' ? 'words' : 'times')];
    return [column, { chosen, order, href, ascending, descending, ends }];
  });
  return Object.fromEntries(entries);
}

/** What the ends of a list by time are called: where it begins, and where its next page leads. */
export function endsOf(order: Order): { readonly first: string; readonly next: string } {
  return order === 'ascending' ? { first: 'Oldest', next: 'Newer' } : { first: 'Latest', next: 'Older' };
}

function turned(order: Order): Order {
  return order === 'ascending' ? 'descending' : 'ascending';
}
