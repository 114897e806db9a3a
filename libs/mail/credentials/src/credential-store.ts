import type { CredentialName } from './credential-name.ts';
import type { CredentialWithSecrets, Identity, ListedNetwork } from './credential.ts';

/** What submission needs of the store to know its clients. All reject with StoreUnavailable when it does not answer. */
export interface CredentialStore {
  /** The credential of a name, whatever its state; undefined when there is none. */
  findByName(name: CredentialName): Promise<CredentialWithSecrets | undefined>;

  /** The credential that an identity is bound to, whatever its state; undefined when it is bound to none. */
  findByIdentity(identity: Identity): Promise<CredentialWithSecrets | undefined>;

  /** Whether any active credential has a certificate bound to it, so that listeners should ask for one. */
  hasCertificates(): Promise<boolean>;

  /** Remembers when, from where and how credentials and listed networks were last used: nothing waits for it. */
  touch(uses: readonly SubmitterUse[]): Promise<void>;

  /** The listed networks that an address is in, the narrowest first. */
  networksOf(address: string): Promise<readonly ListedNetwork[]>;

  /** Retires secrets that were replaced and then not used for as long as was said; answers how many. */
  retireUnusedSecrets(): Promise<number>;
}

export interface SubmitterUse {
  /** The id of the credential or the listed network. */
  readonly submitterId: string;
  /** The secret that it authenticated with. */
  readonly secretId: string | undefined;
  readonly at: Date;
  readonly clientAddress: string;
  /** The version of TLS; undefined in clear. */
  readonly tls: string | undefined;
}
