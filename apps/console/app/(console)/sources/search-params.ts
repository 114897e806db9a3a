import { ROUTES, type ParsedRequestOf } from '@postern/admin-contract';
import { readQuery, searchPath, type RawSearch } from '../../../features/table/search-of.ts';

/** What the address of the page of sources says: which ones, in what order, from where on. */
export type SourcesSearch = ParsedRequestOf<typeof ROUTES.listSources>['query'];

export function readSearch(raw: RawSearch): SourcesSearch {
  return readQuery(ROUTES.listSources, raw);
}

export function sourcesPath(search: SourcesSearch, change: Partial<SourcesSearch> = {}): string {
  return searchPath(
    '/sources',
    { ...search, cursor: undefined, ...change },
    { limit: 50, sort: 'name', order: 'ascending' },
  );
}
