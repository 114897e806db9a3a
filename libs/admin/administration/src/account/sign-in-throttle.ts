import { randomUUID } from 'node:crypto';
import type { SignInTries } from '../ports/account-admin.ts';
import { clientNetwork } from './client-network.ts';

const MINUTE = 60_000;

/** How many tries may fail before further ones are refused unheard. */
const LIMITS = {
  /** One address at one account. */
  pair: { failures: 5, spanMs: 15 * MINUTE },
  /** One address at any accounts: one password tried on many. */
  address: { failures: 30, spanMs: 15 * MINUTE },
  /**
   * Any addresses at one account: guesses spread over many. It does not hold for an address that the account has signed in
   * from lately, else a stranger could lock its owner out.
   */
  account: { failures: 100, spanMs: 60 * MINUTE },
} as const;

export type SignInAdmission =
  | { readonly kind: 'admitted'; readonly succeeded: () => Promise<void> }
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number };

/** Whether a try to sign in is heard at all. It counts as failed until `succeeded` is called. */
export async function admitSignIn(
  tries: SignInTries,
  { email, address }: { readonly email: string; readonly address: string },
): Promise<SignInAdmission> {
  const account = email.trim().toLowerCase();
  const from = clientNetwork(address);
  const keys = { pair: `pair:${from} ${account}`, address: `address:${from}`, account: `account:${account}` };
  const limits = [LIMITS.pair, LIMITS.address, LIMITS.account];
  const id = randomUUID();
  const counted = [keys.pair, keys.address, keys.account].map((key, index) => ({
    key,
    spanMs: limits[index]?.spanMs ?? 0,
  }));
  const [pair = 0, anyAccount = 0, anyAddress = 0] = await tries.noteTry(id, counted);
  const exceeded =
    pair > LIMITS.pair.failures ||
    anyAccount > LIMITS.address.failures ||
    (anyAddress > LIMITS.account.failures && !(await tries.isKnown(keys.pair)));
  if (exceeded) {
    await tries.forgetTry(id);
    return { kind: 'throttled', retryAfterSeconds: LIMITS.pair.spanMs / 1000 };
  }
  return { kind: 'admitted', succeeded: () => tries.trySucceeded(id, { forget: [keys.pair], knownAs: keys.pair }) };
}

/** Notes that somebody signed in after all that was asked of them: what failed before from there is forgotten. */
export function signInSucceeded(
  tries: SignInTries,
  { email, address }: { readonly email: string; readonly address: string },
): Promise<void> {
  const key = `pair:${clientNetwork(address)} ${email.trim().toLowerCase()}`;
  return tries.trySucceeded(randomUUID(), { forget: [key], knownAs: key });
}
