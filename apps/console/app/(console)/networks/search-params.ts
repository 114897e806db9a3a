import { ROUTES, type ParsedRequestOf } from '@postern/admin-contract';
import { readQuery, searchPath, type RawSearch } from '../../../features/table/search-of.ts';

type Query = ParsedRequestOf<typeof ROUTES.listNetworks>['query'];

/** What the address of the page of listed networks says: which ones, in what order, from where on, and whether one is being listed. */
export interface NetworksSearch {
  readonly query: Query;
  readonly adding: boolean;
}

export function readSearch(raw: RawSearch): NetworksSearch {
  return { query: readQuery(ROUTES.listNetworks, raw), adding: raw['new'] === '1' };
}

/** The address of the page with something changed; from its first page on unless the change says where. */
export function networksPath(
  { query }: NetworksSearch,
  change: { readonly [Name in keyof Query]?: Query[Name] | undefined } = {},
): string {
  return searchPath(
    '/networks',
    { ...query, cursor: undefined, ...change },
    { limit: 50, sort: 'cidr', order: 'ascending' },
  );
}
