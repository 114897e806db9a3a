import { ROUTES, type ParsedRequestOf } from '@postern/admin-contract';
import { readQuery, searchPath, type RawSearch } from '../../../features/table/search-of.ts';

/** What the address of the events page says: which events, and from where on. */
export type EventsSearch = ParsedRequestOf<typeof ROUTES.listEvents>['query'];

export function readSearch(raw: RawSearch): EventsSearch {
  return readQuery(ROUTES.listEvents, raw);
}

export function eventsPath(search: EventsSearch, change: Partial<EventsSearch> = {}): string {
  return searchPath(
    '/events',
    { ...search, cursor: undefined, ...change },
    { limit: 50, state: 'open', sort: 'at', order: 'descending' },
  );
}
