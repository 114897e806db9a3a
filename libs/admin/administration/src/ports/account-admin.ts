import type { Role } from '@postern/admin-contract';

/** People's accounts, read. */
export interface AccountReads {
  /** The account that was made first; undefined while there is none. */
  firstAccount(): Promise<Account | undefined>;
}

export interface Account {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

/** People's accounts, changed. */
export interface AccountChanges {
  /** Adds an account with a password. Undefined: there is one already; of callers at the same time, one adds. */
  addFirstAccount(account: Omit<Account, 'id'> & { readonly passwordHash: string }): Promise<Account | undefined>;
}

/** Tries to sign in, remembered to slow down those who guess. */
export interface SignInTries {
  /**
   * Notes a try under each of the keys, as failed until it is known to have succeeded, and answers how many failed ones
   * each key has in its span, this one with them. Noting first keeps guesses made at once from all being the first.
   */
  noteTry(id: string, keys: readonly SignInKey[]): Promise<readonly number[]>;

  /** Forgets a try that was not let through to the password. */
  forgetTry(id: string): Promise<void>;

  /** The try succeeded: forgets the failed ones under the keys, and remembers the success under `knownAs`. */
  trySucceeded(id: string, success: { readonly forget: readonly string[]; readonly knownAs: string }): Promise<void>;

  /** Whether a try succeeded under this key in the last 30 days. */
  isKnown(key: string): Promise<boolean>;
}

export interface SignInKey {
  readonly key: string;
  readonly spanMs: number;
}
