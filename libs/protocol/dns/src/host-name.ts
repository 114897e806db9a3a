/**
 * Whether a name can be that of a mail host: letters, digits, hyphens, at most 253 octets, and not an address
 * (RFC 5321 §2.3.5). An underscore passes too, though it should not be there (RFC 952): such hosts exist and take mail.
 */
export function isHostName(name: string): boolean {
  const labels = name.split('.');
  return name.length <= 253 && labels.every((label) => LABEL.test(label)) && !NUMBER.test(labels.at(-1) ?? '');
}

const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
const NUMBER = /^(?:\d+|0x[0-9a-f]*)$/;
