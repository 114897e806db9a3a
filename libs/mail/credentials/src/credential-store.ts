import type { CredentialName } from './credential-name.ts';
import type { CredentialWithSecrets, ListedNetwork } from './credential.ts';

/** What submission needs of the store to know its clients. Both reject with StoreUnavailable when it does not answer. */
export interface CredentialStore {
  /** The credential of a name, whatever its state; undefined when there is none. */
  findByName(name: CredentialName): Promise<CredentialWithSecrets | undefined>;

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
