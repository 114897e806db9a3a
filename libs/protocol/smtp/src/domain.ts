import { domainToASCII, domainToUnicode } from 'node:url';

declare const domainBrand: unique symbol;

/** A domain in canonical form: lower case, A-labels, no trailing dot, at most 253 octets (RFC 5321 §2.3.5, RFC 5890 §2.3.2.1). */
export type Domain = string & { readonly [domainBrand]: true };

// RFC 1035 §2.3.4 counts 255 octets with the length octets of the labels and the root, which leaves 253 for the text.
const MAX_DOMAIN_OCTETS = 253;
// RFC 5321 §4.1.2: Let-dig [Ldh-str].
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
// RFC 3696 §2: a top-level domain is not all-numeric. What ends in a number reads as an IPv4 address somewhere (`1.2.3.4`, `0x7f.1`).
const NUMBER = /^(?:[0-9]+|0x[0-9a-f]*)$/;
const NON_ASCII = /[^\0-\x7f]/;

/**
 * Reads a domain as a person or a client writes it; undefined when it is none.
 *
 * `Example.COM`, `example.com.` and `example.com` are the same Domain, and so are `bücher.example` and
 * `xn--bcher-kva.example`. A single label is a domain. An underscore, an empty label, an all-numeric last label and an
 * `xn--` label that encodes nothing are refused.
 */
export function parseDomain(text: string): Domain | undefined {
  if (text.length === 0 || text.length > 1024) return undefined;
  const lower = (text.endsWith('.') ? text.slice(0, -1) : text).toLowerCase();
  const ascii = NON_ASCII.test(lower) ? toALabels(lower) : lower;
  if (ascii.length === 0 || ascii.length > MAX_DOMAIN_OCTETS) return undefined;
  const labels = ascii.split('.');
  if (!labels.every((label) => LABEL.test(label) && isEncodedAsItSays(label))) return undefined;
  return NUMBER.test(labels.at(-1) ?? '') ? undefined : brand(ascii);
}

function toALabels(text: string): string {
  // domainToASCII reads as URLs do and would decode `%61`, so only letters, digits, hyphens and dots may stand beside the non-ASCII.
  return /[\0-,/:-`{-\x7f]/.test(text) ? '' : domainToASCII(text);
}

function isEncodedAsItSays(label: string): boolean {
  if (!label.startsWith('xn--')) return true;
  const decoded = domainToUnicode(label);
  return decoded !== label && domainToASCII(decoded) === label;
}

function brand(canonical: string): Domain {
  return canonical as Domain;
}
