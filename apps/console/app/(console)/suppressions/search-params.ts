import { ROUTES, type ParsedRequestOf } from '@postern/admin-contract';
import { readQuery, searchPath, type RawSearch } from '../../../features/table/search-of.ts';

/** What the address of the suppressions page says: which ones, and from where on. */
export type SuppressionsSearch = ParsedRequestOf<typeof ROUTES.listSuppressions>['query'];

export function readSearch(raw: RawSearch): SuppressionsSearch {
  return readQuery(ROUTES.listSuppressions, raw);
}

export function suppressionsPath(search: SuppressionsSearch, change: Partial<SuppressionsSearch> = {}): string {
  return searchPath(
    '/suppressions',
    { ...search, cursor: undefined, ...change },
    { limit: 50, sort: 'created', order: 'descending' },
  );
}
