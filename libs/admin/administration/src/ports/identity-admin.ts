import type { Identity as IdentityView } from '@postern/admin-contract';
import type { Identity } from '@postern/credentials';

/** What is bound to credentials, read. */
export interface IdentityReads {
  /** In the order in which they were bound. */
  identitiesOf(credentialId: string): Promise<readonly IdentityView[]>;
}

/** What is bound to credentials, changed. */
export interface IdentityChanges {
  /** Binds an identity to a credential. Undefined: it is bound to one already. */
  addIdentity(identity: Identity & { readonly credentialId: string }): Promise<IdentityView | undefined>;

  /** Answers what was removed; undefined when the credential has no such identity. */
  removeIdentity(which: { readonly credentialId: string; readonly id: string }): Promise<IdentityView | undefined>;
}
