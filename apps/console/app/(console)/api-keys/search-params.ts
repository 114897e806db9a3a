import { ROUTES, type ParsedRequestOf } from '@postern/admin-contract';
import { readQuery, searchPath, type RawSearch } from '../../../features/table/search-of.ts';

/** What the address of the API keys page says: which ones, in which order, from where on. */
export type ApiKeysSearch = ParsedRequestOf<typeof ROUTES.listApiKeys>['query'];

export function readSearch(raw: RawSearch): ApiKeysSearch {
  return readQuery(ROUTES.listApiKeys, raw);
}

/** The page with another filter or order begins at its start. */
export function apiKeysPath(search: ApiKeysSearch, change: Partial<ApiKeysSearch> = {}): string {
  return searchPath(
    '/api-keys',
    { ...search, cursor: undefined, ...change },
    { limit: 50, sort: 'name', order: 'ascending' },
  );
}
