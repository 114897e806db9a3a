import type { Identity, IdentityKind } from './credential.ts';

/** What an identity may be, for those who are told that theirs is none. */
export const IDENTITY_RULES: Readonly<Record<IdentityKind, string>> = Object.freeze({
  certificate: 'the SHA-256 fingerprint of a certificate: 64 hexadecimal digits, with or without colons',
  token: 'what the claim of a token says: 1 to 255 printable characters',
  subject: 'the subject of a certificate as in O=Lab, CN=device: 3 to 255 printable characters',
});

/** Reads an identity as an operator writes it; undefined when it is none. */
export function parseIdentity(kind: IdentityKind, text: string): Identity | undefined {
  if (kind === 'token') return /^[^\p{Cc}\p{Cs}]{1,255}$/u.test(text) ? { kind, value: text } : undefined;
  if (kind === 'subject') return SUBJECT.test(text) ? { kind, value: text } : undefined;
  const digits = text.replaceAll(':', '').toLowerCase();
  return /^[0-9a-f]{64}$/.test(digits) ? { kind, value: digits } : undefined;
}

// RFC 4514 §2, with a space behind each comma; what would be one inside a value is escaped.
const SUBJECT = /^(?=.{3,255}$)[A-Za-z0-9.]+=[^\p{Cc}\p{Cs}]+$/u;
