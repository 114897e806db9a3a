import type { Identity as IdentityView } from '@postern/admin-contract';
import type { Identity } from '@postern/credentials';

/** What is bound to credentials, read. */
export interface IdentityReads {
  /** In the order in which they were bound. */
  identitiesOf(credentialId: string): Promise<readonly IdentityView[]>;
}

/** What is bound to credentials, changed. */
export interface IdentityChanges {
  /** Binds an identity to a credential. `taken`: it is bound to one already; `full`: the credential has `most` of them. */
  addIdentity(
    identity: Identity & { readonly credentialId: string },
    most: number,
  ): Promise<IdentityView | 'taken' | 'full'>;

  /** Answers what was removed; undefined when the credential has no such identity. */
  removeIdentity(which: { readonly credentialId: string; readonly id: string }): Promise<IdentityView | undefined>;
}
