import { ROUTES, type ParsedRequestOf } from '@postern/admin-contract';
import { readQuery, searchPath, type RawSearch } from '../../../features/table/search-of.ts';

/** What the address of the API keys page says: from where on. */
export type ApiKeysSearch = ParsedRequestOf<typeof ROUTES.listApiKeys>['query'];

export function readSearch(raw: RawSearch): ApiKeysSearch {
  return readQuery(ROUTES.listApiKeys, raw);
}

export function apiKeysPath(cursor?: string): string {
  return searchPath('/api-keys', { cursor });
}
