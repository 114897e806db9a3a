import { ROUTES, type ParsedRequestOf } from '@postern/admin-contract';
import { readQuery, searchPath, type RawSearch } from '../../../features/table/search-of.ts';

type Query = ParsedRequestOf<typeof ROUTES.listCredentials>['query'];

/** What the address of the credentials page says: which ones, from where on, and whether one is being made. */
export interface CredentialsSearch {
  readonly query: Query;
  readonly creating: boolean;
}

export function readSearch(raw: RawSearch): CredentialsSearch {
  return { query: readQuery(ROUTES.listCredentials, raw), creating: raw['new'] === '1' };
}

/** The address of the page with something changed; from its first page on unless the change says where. */
export function credentialsPath(
  { query }: CredentialsSearch,
  change: { readonly [Name in keyof Query]?: Query[Name] | undefined } = {},
): string {
  return searchPath(
    '/credentials',
    { ...query, cursor: undefined, ...change },
    { limit: 50, sort: 'name', order: 'ascending' },
  );
}
