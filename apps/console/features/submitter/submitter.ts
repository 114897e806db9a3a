import type { Result } from '@postern/admin-client';
import type { Credential, RequestOf, ROUTES } from '@postern/admin-contract';

/** What credentials and listed networks have in common. */
export type Submitter = Pick<
  Credential,
  'id' | 'note' | 'owner' | 'tag' | 'route' | 'limits' | 'guard' | 'lastUsedAt' | 'lastUsedFrom' | 'lastUsedTls'
>;

/** A change of the settings that both have. */
export type SubmitterChange = Omit<
  NonNullable<RequestOf<(typeof ROUTES)['updateNetwork']>['body']>,
  'senderRules' | 'rewriteFrom'
>;

/** Asks for a change of the one that a page is about. */
export type UpdateSubmitter = (change: SubmitterChange) => Promise<Result<unknown>>;
