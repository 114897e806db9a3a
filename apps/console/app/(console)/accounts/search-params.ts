import { ROUTES, type ParsedRequestOf } from '@postern/admin-contract';
import { readQuery, searchPath, type RawSearch } from '../../../features/table/search-of.ts';

/** What the address of the accounts page says: which ones, in which order, from where on. */
export type AccountsSearch = ParsedRequestOf<typeof ROUTES.listAccounts>['query'];

export function readSearch(raw: RawSearch): AccountsSearch {
  return readQuery(ROUTES.listAccounts, raw);
}

/** The page with another filter or order begins at its start. */
export function accountsPath(search: AccountsSearch, change: Partial<AccountsSearch> = {}): string {
  return searchPath(
    '/accounts',
    { ...search, cursor: undefined, ...change },
    { limit: 50, sort: 'email', order: 'ascending' },
  );
}
