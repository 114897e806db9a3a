import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { decodeBase64 } from '../server/base64.ts';
import { saslPrep } from './saslprep.ts';

/** What a server keeps of a password for SCRAM-SHA-256: enough to check a client, not enough to be one (RFC 5802 §3). */
export interface ScramVerifier {
  readonly salt: Buffer;
  readonly iterations: number;
  readonly storedKey: Buffer;
  readonly serverKey: Buffer;
}

/** RFC 7677 §4 asks for at least 4096. More would help guessed passwords only, and ours have 160 random bits. */
export const SCRAM_ITERATIONS = 4096;
const KEY_OCTETS = 32;

/** The verifier of a password (RFC 5802 §3); undefined when it has characters that no password may have (RFC 4013 §2.3). */
export function scramVerifier(
  password: string,
  { salt, iterations }: Pick<ScramVerifier, 'salt' | 'iterations'>,
): ScramVerifier | undefined {
  const prepared = saslPrep(password);
  if (prepared === undefined) return undefined;
  const saltedPassword = pbkdf2Sync(prepared, salt, iterations, KEY_OCTETS, 'sha256');
  return {
    salt,
    iterations,
    storedKey: sha256(hmac(saltedPassword, 'Client Key')),
    serverKey: hmac(saltedPassword, 'Server Key'),
  };
}

/** As text, in the form of RFC 5803 §2: `SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey`. */
export function formatScramVerifier({ salt, iterations, storedKey, serverKey }: ScramVerifier): string {
  const [s, k, v] = [salt, storedKey, serverKey].map((octets) => octets.toString('base64'));
  return `SCRAM-SHA-256$${iterations}:${s}$${k}:${v}`;
}

/** Reads what `formatScramVerifier` wrote; undefined when it is something else. */
export function parseScramVerifier(text: string): ScramVerifier | undefined {
  const [, digits = '', ...parts] = /^SCRAM-SHA-256\$(\d{1,9}):([^$:]+)\$([^$:]+):([^$:]+)$/.exec(text) ?? [];
  const [salt, storedKey, serverKey] = parts.map((each) => decodeBase64(each));
  if (!salt || storedKey?.length !== KEY_OCTETS || serverKey?.length !== KEY_OCTETS) return undefined;
  return { salt, iterations: Number(digits), storedKey, serverKey };
}

export function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest();
}

export function sha256(octets: Buffer): Buffer {
  return createHash('sha256').update(octets).digest();
}
