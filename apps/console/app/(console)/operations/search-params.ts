import { ROUTES, type ParsedRequestOf } from '@postern/admin-contract';
import { readQuery, searchPath, type RawSearch } from '../../../features/table/search-of.ts';

/** What the address of the operations page says: which ones, in which order, from where on. */
export type OperationsSearch = ParsedRequestOf<typeof ROUTES.listOperations>['query'];

export function readSearch(raw: RawSearch): OperationsSearch {
  return readQuery(ROUTES.listOperations, raw);
}

/** The page with another filter or order begins at its start. */
export function operationsPath(search: OperationsSearch, change: Partial<OperationsSearch> = {}): string {
  return searchPath(
    '/operations',
    { ...search, cursor: undefined, ...change },
    { limit: 50, sort: 'created', order: 'descending' },
  );
}
