import type { Credential as CredentialView } from '@postern/admin-contract';
import type { CredentialName, CredentialState, SecretToStore, SenderRule } from '@postern/credentials';
import type { OrderedSlice } from './admin-store.ts';
import type { SubmitterChange } from './submitter-admin.ts';

/** Submission credentials, read. */
export interface CredentialReads {
  /** Credentials by name. */
  listCredentials(query: CredentialQuery): Promise<readonly CredentialView[]>;

  findCredential(reference: CredentialReference): Promise<CredentialView | undefined>;

  /** Where recipients of its mail unsubscribe; undefined: nothing is added to its messages. */
  unsubscribeTemplate(credentialId: string): Promise<string | undefined>;
}

/** By name, or by id, which is the order in which they were made; `after` is that of the last one seen. */
export interface CredentialQuery extends OrderedSlice<string> {
  readonly sort: 'name' | 'created';
  readonly state: CredentialState | undefined;
  /** Credentials whose name contains this. */
  readonly nameContains: string | undefined;
}

export type CredentialReference = { readonly id: string } | { readonly name: CredentialName };

/** Submission credentials, changed. Every change is told to the listeners when it is committed. */
export interface CredentialChanges {
  /** Adds a credential with its first secret. Undefined: the name is taken. */
  addCredential(credential: CredentialToAdd): Promise<CredentialView | undefined>;

  /** Changes settings; what is left out stays. Undefined: there is no such credential. */
  updateCredential(id: string, change: CredentialChange): Promise<CredentialView | undefined>;

  /** Adds a secret; the others are retired as is said. `two-live`: two are good already. */
  rotateCredential(rotation: Rotation): Promise<CredentialView | 'two-live'>;

  /** Retires a secret that is good still. `not-live`: it is retired already; undefined: it is none of the credential's. */
  retireSecret(which: {
    readonly credentialId: string;
    readonly secretId: string;
  }): Promise<CredentialView | 'not-live' | undefined>;

  /** Sets where recipients of its mail unsubscribe; undefined for nowhere. */
  setUnsubscribeTemplate(credentialId: string, template: string | undefined): Promise<void>;

  /** Moves a credential from one of some states to another. Undefined: it was in none of them. */
  moveCredential(move: {
    readonly id: string;
    readonly from: readonly CredentialState[];
    readonly to: CredentialState;
  }): Promise<CredentialView | undefined>;
}

export interface CredentialChange extends SubmitterChange {
  readonly senderRules?: readonly SenderRule[];
  readonly networks?: readonly string[];
  readonly expiresAt?: Date | null;
}

export interface CredentialToAdd extends CredentialChange {
  readonly name: CredentialName;
  readonly senderRules: readonly SenderRule[];
  readonly networks: readonly string[];
  readonly secret: SecretToStore;
}

export interface Rotation {
  readonly credentialId: string;
  readonly secret: SecretToStore;
  /** What becomes of the secret that was good until now. */
  readonly old:
    | { readonly kind: 'retired-now' }
    | { readonly kind: 'kept'; readonly retireUnusedDays: number | null; readonly until: Date | null };
}
