import { ROUTES, type ParsedRequestOf } from '@postern/admin-contract';
import { readQuery, searchPath, type RawSearch } from '../../../features/table/search-of.ts';

/** What the address of the audit page says: which entries, and from where on. */
export type AuditSearch = ParsedRequestOf<typeof ROUTES.listAudit>['query'];

export function readSearch(raw: RawSearch): AuditSearch {
  return readQuery(ROUTES.listAudit, raw);
}

/** The page with another filter begins at its start. */
export function auditPath(search: AuditSearch, change: Partial<AuditSearch> = {}): string {
  return searchPath(
    '/audit',
    { ...search, cursor: undefined, ...change },
    { limit: 50, sort: 'at', order: 'descending' },
  );
}
