import type { Credential, CredentialWithSecrets } from './credential.ts';
import { verifySecret } from './secret.ts';
import { usableFrom } from './usable-from.ts';

/** What came of a try to authenticate. Why it was refused is for our log; the client hears the same whatever it was. */
export type Authentication =
  | { readonly kind: 'authenticated'; readonly credential: Credential }
  | { readonly kind: 'refused'; readonly why: RefusedBecause };

export type RefusedBecause = 'no such credential' | 'wrong secret' | 'disabled' | 'revoked' | 'expired' | 'network';

/**
 * Whether a secret, given at this time from this address, authenticates a credential (RFC 4954 §6).
 *
 * The secret is checked first, whatever else is wrong and also when there is no such credential, so that neither the time
 * nor the order of the answers tells which names exist.
 */
export function authenticate(
  credential: CredentialWithSecrets | undefined,
  given: { readonly secret: string; readonly address: string; readonly now: Date; readonly key: Buffer },
): Authentication {
  const { secret, address, now, key } = given;
  const current = (credential?.secrets ?? []).filter(({ expiresAt }) => expiresAt === undefined || expiresAt > now);
  const right = verifySecret(
    key,
    secret,
    current.map(({ hash }) => hash),
  );
  if (!credential) return refused('no such credential');
  if (!right) return refused('wrong secret');
  const why = unusable(credential, now) ?? (usableFrom(credential, address) ? undefined : 'network');
  return why ? refused(why) : { kind: 'authenticated', credential };
}

/** Why a credential may not be used now, whoever holds its secret: it was disabled, revoked, or has expired. */
export function unusable(credential: Credential, now: Date): 'disabled' | 'revoked' | 'expired' | undefined {
  if (credential.state !== 'active') return credential.state;
  return credential.expiresAt !== undefined && credential.expiresAt <= now ? 'expired' : undefined;
}

function refused(why: RefusedBecause): Authentication {
  return { kind: 'refused', why };
}
