import { ROUTES, type ParsedRequestOf } from '@postern/admin-contract';
import { readQuery, searchPath, type RawSearch } from '../../../../../features/table/search-of.ts';

/** What the address of the page of versions says: from where on. */
export type VersionsSearch = ParsedRequestOf<typeof ROUTES.listBounceRules>['query'];

export function readSearch(raw: RawSearch): VersionsSearch {
  return readQuery(ROUTES.listBounceRules, raw);
}

export function versionsPath(cursor?: string): string {
  return searchPath('/bounces/rules/versions', { cursor });
}
