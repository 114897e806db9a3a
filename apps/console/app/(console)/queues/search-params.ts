import { ROUTES, type ParsedRequestOf } from '@postern/admin-contract';
import { readQuery, searchPath, type RawSearch } from '../../../features/table/search-of.ts';

type Query = ParsedRequestOf<typeof ROUTES.listQueues>['query'];
export type SuspensionQuery = ParsedRequestOf<typeof ROUTES.listSuspensions>['query'];

/** What the address of the queues page says: which queues, in which order, from where on, and which suspensions. */
export interface QueuesSearch {
  readonly query: Query;
  readonly suspensions: SuspensionQuery;
}

const DEFAULTS = { sort: 'depth', order: 'descending', show: 'waiting', limit: 50, since: 'descending' };

export function readSearch(raw: RawSearch): QueuesSearch {
  const suspensions = { scope: raw['suspended'], order: raw['since'] };
  return { query: readQuery(ROUTES.listQueues, raw), suspensions: readQuery(ROUTES.listSuspensions, suspensions) };
}

/** The address of the page with other queues; from their first page on unless the change says where. */
export function queuesPath(
  { query, suspensions }: QueuesSearch,
  change: Partial<Record<keyof Query, string | undefined>> = {},
): string {
  return pathOf({ ...query, cursor: undefined, ...change }, suspensions);
}

/** The address of the page with other suspensions. */
export function suspensionsPath({ query, suspensions }: QueuesSearch, change: Partial<SuspensionQuery>): string {
  return pathOf(query, { ...suspensions, ...change });
}

/** Whether the address asks for less than all that waits. */
export function isFiltered({ query }: QueuesSearch): boolean {
  return query.kind !== undefined || query.name !== undefined;
}

function pathOf(query: Partial<Record<keyof Query, string | number | undefined>>, { scope, order }: SuspensionQuery) {
  return searchPath('/queues', { ...query, suspended: scope, since: order }, DEFAULTS);
}
