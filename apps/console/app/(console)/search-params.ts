import { ROUTES, type ParsedRequestOf } from '@postern/admin-contract';
import { readQuery, searchPath, type RawSearch } from '../../features/table/search-of.ts';

/** What the address of the overview says: how far back it looks. */
export type OverviewSearch = ParsedRequestOf<typeof ROUTES.showVolume>['query'];

export function readSearch(raw: RawSearch): OverviewSearch {
  return readQuery(ROUTES.showVolume, raw);
}

export function overviewPath(search: OverviewSearch): string {
  return searchPath('/', search, { range: '24h' });
}
