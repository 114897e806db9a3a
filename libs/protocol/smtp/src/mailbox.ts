import type { AddressLiteral } from './address-literal.ts';
import { parseAddressLiteral } from './address-literal.ts';
import type { Domain } from './domain.ts';
import { parseDomain } from './domain.ts';
import {
  MAX_LOCAL_PART_OCTETS,
  formatLocalPart,
  isDotString,
  isLocalPart,
  readQuotedString,
  type LocalPartOptions,
} from './local-part.ts';

/** A mailbox (RFC 5321 §2.3.11, §4.1.2). */
export interface Mailbox {
  /** The local-part without quotes and quoted-pairs. Its case is the receiver's business, so it is kept. */
  readonly localPart: string;
  readonly domain: Domain | AddressLiteral;
  /** As it goes on the wire: quoted where needed, the domain in canonical form. */
  readonly text: string;
}

/** Why a text is no mailbox; each has a reply of its own. */
export type MailboxFault = 'syntax' | 'local-part-too-long' | 'domain-too-long' | 'needs-smtputf8';

/** Octets of a domain, RFC 5321 §4.5.3.1.2. */
const MAX_DOMAIN_OCTETS = 255;

/** Reads a mailbox without brackets; undefined when it is none. */
export function parseMailbox(text: string, options: LocalPartOptions = { smtpUtf8: false }): Mailbox | undefined {
  const result = readMailbox(text, options);
  return typeof result === 'string' ? undefined : result;
}

/** Reads a mailbox without brackets, or says why it is none. */
export function readMailbox(text: string, options: LocalPartOptions): Mailbox | MailboxFault {
  if (!options.smtpUtf8 && /[^\0-\x7f]/.test(text)) return 'needs-smtputf8';
  const split = text.startsWith('"') ? splitQuoted(text) : splitPlain(text, options);
  if (!split || !isLocalPart(split.localPart, options)) return 'syntax';
  if (Buffer.byteLength(split.localPart) > MAX_LOCAL_PART_OCTETS) return 'local-part-too-long';
  if (split.domain.length > MAX_DOMAIN_OCTETS) return 'domain-too-long';
  // A trailing dot is DNS notation; RFC 5321 §2.3.5 has none.
  if (split.domain.endsWith('.')) return 'syntax';
  const domain = split.domain.startsWith('[') ? parseAddressLiteral(split.domain) : parseDomain(split.domain);
  return domain ? mailbox(split.localPart, domain) : 'syntax';
}

/** A mailbox from its parts, which must be valid: for those that make addresses rather than read them. */
export function mailbox(localPart: string, domain: Domain | AddressLiteral): Mailbox {
  return { localPart, domain, text: `${formatLocalPart(localPart)}@${domain}` };
}

function splitQuoted(text: string): { localPart: string; domain: string } | undefined {
  const quoted = readQuotedString(text, 0);
  if (!quoted || text[quoted.end] !== '@') return undefined;
  return { localPart: quoted.content, domain: text.slice(quoted.end + 1) };
}

function splitPlain(text: string, options: LocalPartOptions): { localPart: string; domain: string } | undefined {
  // An atom holds no `@`: a second one makes the domain, and so the whole, invalid.
  const at = text.indexOf('@');
  if (at < 1) return undefined;
  const localPart = text.slice(0, at);
  return isDotString(localPart, options) ? { localPart, domain: text.slice(at + 1) } : undefined;
}
