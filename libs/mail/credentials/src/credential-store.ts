import type { CredentialName } from './credential-name.ts';
import type { CredentialWithSecrets, Identity, ListedNetwork } from './credential.ts';

/** What submission needs of the store to know its clients. Both reject with StoreUnavailable when it does not answer. */
export interface CredentialStore {
  /** The credential of a name, whatever its state; undefined when there is none. */
  findByName(name: CredentialName): Promise<CredentialWithSecrets | undefined>;

  /** The credential that an identity is bound to, whatever its state; undefined when it is bound to none. */
  findByIdentity(identity: Identity): Promise<CredentialWithSecrets | undefined>;

  /** Whether any active credential has a certificate bound to it, so that listeners should ask for one. */
  hasCertificates(): Promise<boolean>;

  /** Remembers when and from where credentials were last used: for operators, and nothing waits for it. */
  touch(uses: readonly CredentialUse[]): Promise<void>;

  /** The listed networks that an address is in, the narrowest first. */
  networksOf(address: string): Promise<readonly ListedNetwork[]>;
}

export interface CredentialUse {
  readonly credentialId: string;
  readonly at: Date;
  readonly clientAddress: string;
}
