import { ROUTES, type ParsedRequestOf } from '@postern/admin-contract';
import { readQuery, searchPath, type RawSearch } from '../../../features/table/search-of.ts';

/** What the address of the operations page says: from where on. */
export type OperationsSearch = ParsedRequestOf<typeof ROUTES.listOperations>['query'];

export function readSearch(raw: RawSearch): OperationsSearch {
  return readQuery(ROUTES.listOperations, raw);
}

export function operationsPath(cursor?: string): string {
  return searchPath('/operations', { cursor });
}
