import type { Account, OwnSecurity, OwnSession, Role } from '@postern/admin-contract';
import type { OrderedSlice } from './admin-store.ts';

/** People's accounts, read. */
export interface AccountReads {
  /** The account that was made first; undefined while there is none. */
  firstAccount(): Promise<AccountIdentity | undefined>;

  /** Accounts by e-mail address; `after` is the address of the last one seen. */
  listAccounts(query: AccountQuery): Promise<readonly Account[]>;

  findAccount(reference: AccountReference): Promise<Account | undefined>;

  /** How an account is kept, without saying which of its sessions asks. */
  accountSecurity(id: string): Promise<AccountSecurity>;

  /** Notes that a code signed somebody in. False: it did so already, in the time in which it is good. */
  useCode(use: { readonly personId: string; readonly digest: Buffer }): Promise<boolean>;

  /** Whether a stored hash is still that of an account's password; waits for a change of it that is under way. */
  holdsPassword(hash: string): Promise<boolean>;
}

export interface AccountQuery extends OrderedSlice<string> {
  /** A part of the address or of the name, without regard to case. */
  readonly contains: string | undefined;
  readonly role: Role | undefined;
}

export type AccountReference = { readonly id: string } | { readonly email: string };

/** Who an account is of, and what they may do. */
export interface AccountIdentity {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
}

export interface NewAccount extends Omit<AccountIdentity, 'id'> {
  readonly passwordHash: string;
}

/** People's accounts, changed. */
export interface AccountChanges {
  /** Adds an account with a password. Undefined: there is one already; of callers at the same time, one adds. */
  addFirstAccount(account: NewAccount): Promise<AccountIdentity | undefined>;

  /** Adds an account. Undefined: the e-mail address has one. */
  addAccount(account: NewAccount): Promise<Account | undefined>;

  /** Gives an account another role. `last-owner`: it is the only owner, and stays one. */
  setAccountRole(id: string, role: Role): Promise<Account | 'last-owner' | undefined>;

  /** The API keys that hold and end with an account. */
  namesOfKeysOf(id: string): Promise<readonly string[]>;

  /** Removes an account with its sessions and API keys. `last-owner`: it is the only owner, and stays. */
  removeAccount(id: string): Promise<'removed' | 'last-owner' | undefined>;

  setAccountPassword(id: string, passwordHash: string): Promise<void>;

  /** Ends all sessions of an account, but one where that is said, and sign-ins that wait for their second step; answers how many sessions. */
  endSessions(id: string, but?: { readonly session: string }): Promise<number>;

  /** Ends a session of an account; false: it has none such. */
  endSession(id: string, session: string): Promise<boolean>;

  /** Takes off what an account signs in with beyond its password; undefined: there is no such account. */
  resetSecondFactor(id: string): Promise<{ readonly authenticatorApp: boolean; readonly passkeys: number } | undefined>;
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

export interface AccountSecurity extends Omit<OwnSecurity, 'sessions'> {
  readonly sessions: readonly Omit<OwnSession, 'current'>[];
}
