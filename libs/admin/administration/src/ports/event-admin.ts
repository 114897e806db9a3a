import type { Event } from '@postern/admin-contract';
import type { OrderedSlice } from './admin-store.ts';

/** Events, read. */
export interface EventReads {
  /** By id, which is the order of their times; `after` is the id of the last one seen. */
  listEvents(query: EventQuery): Promise<readonly Event[]>;
  findEvent(id: string): Promise<Event | undefined>;
}

export interface EventQuery extends OrderedSlice<string> {
  readonly state: 'open' | 'resolved' | 'all';
  readonly subjectId: string | undefined;
  readonly severity: Event['severity'] | undefined;
  /** A noun, or a noun and what happened with a dot between them. */
  readonly kind: string | undefined;
}

/** Events, changed. */
export interface EventChanges {
  /** Raises an event; one of its kind and subject that is open is told again instead. */
  raiseEvent(event: EventToRaise): Promise<void>;
  /** Undefined: it was not open. */
  resolveEvent(id: string, by: string): Promise<Event | undefined>;
  /** Resolves what is open of a kind about a subject. */
  resolveEventsOf(of: { readonly kind: string; readonly subjectId: string; readonly by: string }): Promise<void>;
}

export interface EventToRaise extends Pick<Event, 'kind' | 'severity' | 'subject' | 'text'> {
  /** Never a secret. */
  readonly facts: Readonly<Record<string, unknown>>;
}
