import { createHmac } from 'node:crypto';
import { formatScramVerifier, SCRAM_ITERATIONS, scramVerifier } from '@postern/sasl';
import type { CredentialName } from './credential-name.ts';
import { hashSecret } from './secret.ts';

/** Everything that a secret is checked against. */
export interface SecretToStore {
  /** For mechanisms that show the secret to us (PLAIN, LOGIN). */
  readonly hash: Buffer;
  /** For SCRAM, as `formatScramVerifier` writes it. */
  readonly scram: string | undefined;
}

/** What is stored of a new secret of a credential. Neither part lets anybody authenticate who has stolen it. */
export function secretToStore(
  key: Buffer,
  of: { readonly name: CredentialName; readonly secret: string },
): SecretToStore {
  const verifier = scramVerifier(of.secret, { salt: scramSalt(key, of.name), iterations: SCRAM_ITERATIONS });
  return { hash: hashSecret(key, of.secret), scram: verifier && formatScramVerifier(verifier) };
}

/**
 * The salt of a name, the same for all its secrets and for names that do not exist: a client is told the salt before it
 * has proved anything (RFC 5802 §3), and must not learn from it whether there is such a credential.
 */
export function scramSalt(key: Buffer, name: string): Buffer {
  return createHmac('sha256', key).update(`scram salt\0${name}`, 'utf8').digest().subarray(0, 16);
}
