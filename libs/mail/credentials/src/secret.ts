import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Crockford's base 32: no letter that looks like another or like a digit, so a secret can be read out and typed. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
/** 32 letters of 5 bits: 160 bits. Short enough for devices that take 32 characters. */
const SECRET_LENGTH = 32;
/** What is longer was never a secret of ours, and is not worth a hash. */
const MAX_GIVEN_OCTETS = 1024;

/** A new secret for a credential: 160 random bits, in letters and digits. */
export function newSecret(): string {
  return Array.from(randomBytes(SECRET_LENGTH), (octet) => ALPHABET.charAt(octet & 31)).join('');
}

/**
 * The hash under which a secret is stored: HMAC with SHA-256 (RFC 2104).
 *
 * Our secrets have 160 random bits, which no amount of guessing exhausts, so a fast hash serves them; the key keeps a
 * stolen table from being of use to check guesses at all.
 */
export function hashSecret(key: Buffer, secret: string): Buffer {
  return createHmac('sha256', key).update(secret, 'utf8').digest();
}

/** Whether a secret is the one behind any of the hashes. It takes the same time whichever it is, and when there is none. */
export function verifySecret(key: Buffer, secret: string, hashes: readonly Uint8Array[]): boolean {
  if (Buffer.byteLength(secret) > MAX_GIVEN_OCTETS) return false;
  const given = hashSecret(key, secret);
  let found = false;
  for (const hash of hashes) found = (hash.length === given.length && timingSafeEqual(given, hash)) || found;
  return found;
}
