import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

/** RFC 8301 §3.1 and RFC 8463: what is signed with. SHA-1 is history. */
export type DkimAlgorithm = 'rsa-sha256' | 'ed25519-sha256';

/** RFC 8301 §3.2: signers use at least 2048 bits where they can; more does not fit into one character string. */
const RSA_BITS = 2048;
/** RFC 8301 §3.2: verifiers take no key that is shorter. */
export const MIN_RSA_BITS = 1024;
const MAX_RSA_BITS = 4096;

/** A new private key, as PKCS#8 in PEM. */
export async function generateDkimKey(algorithm: DkimAlgorithm): Promise<string> {
  const generate = promisify(generateKeyPair);
  const { privateKey } =
    algorithm === 'rsa-sha256'
      ? await generate('rsa', { modulusLength: RSA_BITS, publicExponent: 65537 })
      : await generate('ed25519', {});
  return pemOf(privateKey);
}

export type PrivateKeyReading =
  | { readonly kind: 'key'; readonly algorithm: DkimAlgorithm; readonly privateKey: KeyObject; readonly bits: number }
  | { readonly kind: 'refused'; readonly reason: string };

/** Reads a private key in PEM, PKCS#8 or PKCS#1, as OpenDKIM, rspamd and openssl write it. */
export function readPrivateKey(pem: string): PrivateKeyReading {
  const privateKey = parsePrivateKey(pem);
  if (!privateKey) return refused('it is no private key in PEM without a passphrase');
  if (privateKey.asymmetricKeyType === 'ed25519')
    return { kind: 'key', algorithm: 'ed25519-sha256', privateKey, bits: 256 };
  if (privateKey.asymmetricKeyType !== 'rsa') return refused('DKIM knows RSA and Ed25519 keys only');
  const bits = privateKey.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < MIN_RSA_BITS) return refused(`an RSA key of ${bits} bits is refused by every verifier (RFC 8301 §3.2)`);
  if (bits > MAX_RSA_BITS)
    return refused(`an RSA key of ${bits} bits is more than verifiers must take (RFC 8301 §3.2)`);
  return { kind: 'key', algorithm: 'rsa-sha256', privateKey, bits };
}

/** A private key as PKCS#8 in PEM. */
export function pemOf(privateKey: KeyObject): string {
  return String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
}

/** The public key as it stands in `p=` (RFC 6376 §3.6.1, RFC 8463 §4). */
export function publicKeyText(privateKey: KeyObject): string {
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  // RFC 8463 §4.2: the 32 octets themselves, without the ASN.1 around them.
  return (privateKey.asymmetricKeyType === 'ed25519' ? spki.subarray(-32) : spki).toString('base64');
}

function parsePrivateKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    // What OpenSSL says of it helps nobody, and may quote it.
    return undefined;
  }
}

function refused(reason: string): PrivateKeyReading {
  return { kind: 'refused', reason };
}
