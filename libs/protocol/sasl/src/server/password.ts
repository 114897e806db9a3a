import { isUtf8 } from 'node:buffer';
import { replies } from '@postern/smtp';
import type { PasswordCredentials } from './credentials.ts';
import type { ServerStep } from './mechanism.ts';

/** Longer names and secrets are nobody's; nothing longer is ever hashed. */
export const MAX_RESPONSE_OCTETS = 1024;

export const MALFORMED: ServerStep = Object.freeze({ kind: 'refused', reply: replies.malformedAuthentication });

/** Credentials of a name and a secret as octets; malformed unless both are there, in UTF-8, without NUL (RFC 4616 §2). */
export function passwordStep(mechanism: PasswordCredentials['mechanism'], name: Buffer, secret: Buffer): ServerStep {
  if (!isText(name) || !isText(secret)) return MALFORMED;
  return {
    kind: 'credentials',
    credentials: { mechanism, name: name.toString('utf8'), secret: secret.toString('utf8') },
  };
}

function isText(octets: Buffer): boolean {
  return octets.length > 0 && octets.length <= MAX_RESPONSE_OCTETS && isUtf8(octets) && !octets.includes(0);
}
