import { ROUTES, type ParsedRequestOf } from '@postern/admin-contract';
import { readQuery, type RawSearch } from '../../../features/table/search-of.ts';

/** What the address of the readiness page says: with whose mail hosts the port of mail is tried. */
export type ReadinessSearch = ParsedRequestOf<typeof ROUTES.showReadiness>['query'];

export function readSearch(raw: RawSearch): ReadinessSearch {
  return readQuery(ROUTES.showReadiness, raw);
}
