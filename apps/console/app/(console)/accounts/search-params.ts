import { ROUTES, type ParsedRequestOf } from '@postern/admin-contract';
import { readQuery, searchPath, type RawSearch } from '../../../features/table/search-of.ts';

/** What the address of the accounts page says: from where on. */
export type AccountsSearch = ParsedRequestOf<typeof ROUTES.listAccounts>['query'];

export function readSearch(raw: RawSearch): AccountsSearch {
  return readQuery(ROUTES.listAccounts, raw);
}

export function accountsPath(cursor?: string): string {
  return searchPath('/accounts', { cursor });
}
