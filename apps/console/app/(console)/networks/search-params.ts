import { ROUTES, type ParsedRequestOf } from '@postern/admin-contract';
import { readQuery, searchPath, type RawSearch } from '../../../features/table/search-of.ts';

/** What the address of the page of listed networks says: from where on. */
export type NetworksSearch = ParsedRequestOf<typeof ROUTES.listNetworks>['query'];

export function readSearch(raw: RawSearch): NetworksSearch {
  return readQuery(ROUTES.listNetworks, raw);
}

export function networksPath(cursor?: string): string {
  return searchPath('/networks', { cursor });
}
