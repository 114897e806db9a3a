import { ROUTES, type ParsedRequestOf } from '@postern/admin-contract';
import { readQuery, searchPath, type RawSearch } from '../../../features/table/search-of.ts';

/** What the address of the queues page says: which queues, in which order, from where on. */
export type QueuesSearch = ParsedRequestOf<typeof ROUTES.listQueues>['query'];

const DEFAULTS = { sort: 'depth', order: 'descending', show: 'waiting', limit: 50 };

export function readSearch(raw: RawSearch): QueuesSearch {
  return readQuery(ROUTES.listQueues, raw);
}

/** The address of the page with something changed; from its first page on unless the change says where. */
export function queuesPath(search: QueuesSearch, change: Partial<Record<keyof QueuesSearch, string | undefined>> = {}) {
  return searchPath('/queues', { ...search, cursor: undefined, ...change }, DEFAULTS);
}

/** Whether the address asks for less than all that waits. */
export function isFiltered(search: QueuesSearch): boolean {
  return search.kind !== undefined || search.name !== undefined;
}
