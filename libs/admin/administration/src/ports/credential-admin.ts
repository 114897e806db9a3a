import type { Credential as CredentialView } from '@postern/admin-contract';
import type { Credential, CredentialName, CredentialState, SecretToStore } from '@postern/credentials';
import type { Slice } from './admin-store.ts';

/** Submission credentials, read. */
export interface CredentialReads {
  /** Credentials by name. */
  listCredentials(query: CredentialQuery): Promise<readonly CredentialView[]>;

  findCredential(reference: CredentialReference): Promise<CredentialView | undefined>;
}

export interface CredentialQuery extends Slice<string> {
  readonly state: CredentialState | undefined;
  /** Credentials whose name contains this. */
  readonly nameContains: string | undefined;
}

export type CredentialReference = { readonly id: string } | { readonly name: CredentialName };

/** Submission credentials, changed. */
export interface CredentialChanges {
  /** Adds a credential with its first secret. Undefined: the name is taken. */
  addCredential(credential: CredentialToAdd): Promise<CredentialView | undefined>;

  /** Moves a credential from one of some states to another. Undefined: it was in none of them. */
  moveCredential(move: {
    readonly id: string;
    readonly from: readonly CredentialState[];
    readonly to: CredentialState;
  }): Promise<CredentialView | undefined>;
}

export type CredentialToAdd = Omit<Credential, 'id' | 'state'> & { readonly secret: SecretToStore };
