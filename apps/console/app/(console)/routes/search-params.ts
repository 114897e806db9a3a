import { ROUTES, type ParsedRequestOf } from '@postern/admin-contract';
import { readQuery, searchPath, type RawSearch } from '../../../features/table/search-of.ts';

/** What the address of the page of routes says: which ones, in what order, from where on. */
export type RoutesSearch = ParsedRequestOf<typeof ROUTES.listRoutes>['query'];

export function readSearch(raw: RawSearch): RoutesSearch {
  return readQuery(ROUTES.listRoutes, raw);
}

export function routesPath(search: RoutesSearch, change: Partial<RoutesSearch> = {}): string {
  return searchPath(
    '/routes',
    { ...search, cursor: undefined, ...change },
    { limit: 50, sort: 'position', order: 'ascending' },
  );
}
