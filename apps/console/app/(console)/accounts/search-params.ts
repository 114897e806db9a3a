import { INVITATION_STATES, ROUTES, type Invitation, type ParsedRequestOf } from '@postern/admin-contract';
import { readQuery, searchPath, type RawSearch } from '../../../features/table/search-of.ts';

type Query = ParsedRequestOf<typeof ROUTES.listAccounts>['query'];

/** What the address of the accounts page says: which ones, in which order, from where on, and which invitations. */
export interface AccountsSearch {
  readonly query: Query;
  /** Undefined: those in any state. */
  readonly invitations: Invitation['state'] | undefined;
}

export function readSearch(raw: RawSearch): AccountsSearch {
  const wanted = raw['invitations'] ?? 'open';
  return {
    query: readQuery(ROUTES.listAccounts, raw),
    invitations: INVITATION_STATES.find((state) => state === wanted),
  };
}

/** Which invitations the page asks for, a few at a time. */
export function invitationQuery({ invitations: state }: AccountsSearch) {
  return { limit: 20, ...(state ? { state } : {}) };
}

/** The page with another filter or order begins at its start. */
export function accountsPath(
  { query, invitations }: AccountsSearch,
  change: { readonly [Name in keyof Query]?: Query[Name] | undefined } = {},
): string {
  return searchPath(
    '/accounts',
    { ...query, cursor: undefined, invitations: invitations ?? 'any', ...change },
    { limit: 50, sort: 'email', order: 'ascending', invitations: 'open' },
  );
}
