import { ROUTES, type ParsedRequestOf } from '@postern/admin-contract';
import { readQuery, searchPath, type RawSearch } from '../../../features/table/search-of.ts';

/** What the address of the messages page says: which messages, and from where on. */
export type MessagesSearch = ParsedRequestOf<typeof ROUTES.findMessages>['query'];

export function readSearch(raw: RawSearch): MessagesSearch {
  return readQuery(ROUTES.findMessages, raw);
}

/** The address of the page with something changed; from its first page on unless the change says where. */
export function messagesPath(
  search: MessagesSearch,
  change: Partial<Record<keyof MessagesSearch, string | undefined>> = {},
) {
  return searchPath(
    '/messages',
    { ...search, cursor: undefined, ...change },
    { limit: 50, sort: 'accepted', order: 'descending' },
  );
}
