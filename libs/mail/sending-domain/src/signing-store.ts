import type { DkimAlgorithm } from '@postern/dkim';

/** What accepting needs of the store to sign. Rejects with StoreUnavailable when it does not answer. */
export interface SigningStore {
  /** Those of the domains that are sending domains, with the keys that sign for them. */
  signingDomains(names: readonly string[]): Promise<readonly StoredSigningDomain[]>;
}

export interface StoredSigningDomain {
  readonly name: string;
  readonly subDomains: boolean;
  readonly signedFields: readonly string[];
  readonly keys: readonly StoredSigningKey[];
}

export interface StoredSigningKey {
  readonly id: string;
  readonly selector: string;
  readonly algorithm: DkimAlgorithm;
  readonly sealedPrivateKey: Buffer;
}
