import { ROUTES, type ParsedRequestOf } from '@postern/admin-contract';
import { readQuery, searchPath, type RawSearch } from '../../../features/table/search-of.ts';

/** What the address of the credentials page says: from where on, and whether one is being made. */
export interface CredentialsSearch {
  readonly query: ParsedRequestOf<typeof ROUTES.listCredentials>['query'];
  readonly creating: boolean;
}

export function readSearch(raw: RawSearch): CredentialsSearch {
  return { query: readQuery(ROUTES.listCredentials, raw), creating: raw['new'] === '1' };
}

export function credentialsPath(cursor?: string): string {
  return searchPath('/credentials', { cursor });
}
