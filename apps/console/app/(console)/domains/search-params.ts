import { ROUTES, type ParsedRequestOf } from '@postern/admin-contract';
import { readQuery, searchPath, type RawSearch } from '../../../features/table/search-of.ts';

/** What the address of the sending domains page says: from where on. */
export type DomainsSearch = ParsedRequestOf<typeof ROUTES.listDomains>['query'];

export function readSearch(raw: RawSearch): DomainsSearch {
  return readQuery(ROUTES.listDomains, raw);
}

export function domainsPath(cursor?: string): string {
  return searchPath('/domains', { cursor });
}
