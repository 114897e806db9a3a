import type { CallOptions, Result } from '@postern/admin-client';
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

/** How the one that a page is about is changed: from what it is now, in the version that was seen. */
export interface SubmitterEdits {
  readonly show: () => Promise<Result<Submitter>>;
  readonly update: (change: SubmitterChange, options: CallOptions) => Promise<Result<unknown>>;
}
