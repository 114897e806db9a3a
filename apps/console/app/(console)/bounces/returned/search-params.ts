import { ROUTES, type ParsedRequestOf } from '@postern/admin-contract';
import { readQuery, searchPath, type RawSearch } from '../../../../features/table/search-of.ts';

/** What the address of the page of returned reports says: which ones, in which order, from where on. */
export type ReturnedSearch = ParsedRequestOf<typeof ROUTES.listReturnedReports>['query'];

const DEFAULTS = { limit: 50, sort: 'received', order: 'descending' };

export function readSearch(raw: RawSearch): ReturnedSearch {
  return readQuery(ROUTES.listReturnedReports, raw);
}

/** The page with another filter or order begins at its start. */
export function returnedPath(search: ReturnedSearch, change: Partial<ReturnedSearch> = {}): string {
  return searchPath('/bounces/returned', { ...search, cursor: undefined, ...change }, DEFAULTS);
}
