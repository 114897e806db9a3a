import { ROUTES, type ParsedRequestOf } from '@postern/admin-contract';
import { readQuery, searchPath, type RawSearch } from '../../../features/table/search-of.ts';

/** What the address of the page of listed networks says: from where on, and whether one is being listed. */
export interface NetworksSearch {
  readonly query: ParsedRequestOf<typeof ROUTES.listNetworks>['query'];
  readonly adding: boolean;
}

export function readSearch(raw: RawSearch): NetworksSearch {
  return { query: readQuery(ROUTES.listNetworks, raw), adding: raw['new'] === '1' };
}

export function networksPath(cursor?: string): string {
  return searchPath('/networks', { cursor });
}
