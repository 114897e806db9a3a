import { ROUTES, type ParsedRequestOf } from '@postern/admin-contract';
import { readQuery, searchPath, type RawSearch } from '../../../features/table/search-of.ts';

/** What the address of the sending domains page says: which ones, in which order, from where on. */
export type DomainsSearch = ParsedRequestOf<typeof ROUTES.listDomains>['query'];

export function readSearch(raw: RawSearch): DomainsSearch {
  return readQuery(ROUTES.listDomains, raw);
}

/** The page with another filter or order begins at its start. */
export function domainsPath(search: DomainsSearch, change: Partial<DomainsSearch> = {}): string {
  return searchPath(
    '/domains',
    { ...search, cursor: undefined, ...change },
    { limit: 50, sort: 'name', order: 'ascending' },
  );
}
