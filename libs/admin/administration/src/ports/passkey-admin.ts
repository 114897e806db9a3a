import type { Passkey } from '@postern/admin-contract';

/** Passkeys, read; and what they are asked to sign. */
export interface PasskeyReads {
  /** The passkeys of an account, the oldest first. */
  listPasskeys(personId: string): Promise<readonly StoredPasskey[]>;

  /** The passkey that a browser names by its credential's id. */
  findPasskey(credentialId: string): Promise<StoredPasskey | undefined>;

  /** Keeps a challenge for whom it is bound to, in the place of an earlier one. */
  keepChallenge(challenge: {
    readonly boundTo: string;
    readonly challenge: string;
    readonly expiresAt: Date;
  }): Promise<void>;

  /** Takes a challenge away; undefined: there is none, or its time is over. Of callers at the same time, one gets it. */
  takeChallenge(boundTo: string): Promise<string | undefined>;
}

/** Passkeys, changed. */
export interface PasskeyChanges {
  /** Adds a passkey. `taken`: somebody has it; `full`: the account has as many as it may. */
  addPasskey(passkey: NewPasskey, limit: { readonly most: number }): Promise<Passkey | 'taken' | 'full'>;

  /** Removes a passkey of an account, and answers its name; undefined: the account has none such. */
  removePasskey(personId: string, id: string): Promise<string | undefined>;

  /** Notes a use, and its count; false: somebody else used it meanwhile, or it is gone. */
  usePasskey(use: { readonly id: string; readonly from: number; readonly to: number }): Promise<boolean>;
}

/** A key as the browser made it. */
export interface PasskeyKey {
  /** The credential's id, in base64url. */
  readonly credentialId: string;
  /** As COSE writes it (RFC 9052 §7). */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  /** How often it was used; 0 as long as it does not count. */
  readonly counter: number;
  readonly transports: readonly string[];
}

export interface NewPasskey extends PasskeyKey {
  readonly personId: string;
  readonly name: string;
}

export type StoredPasskey = NewPasskey & Passkey;
