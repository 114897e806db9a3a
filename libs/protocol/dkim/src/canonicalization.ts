/** How much a message may change on its way without breaking its signature (RFC 6376 §3.4). */
export type Canonicalization = 'simple' | 'relaxed';

/**
 * A header field in canonical form, with its last CRLF (RFC 6376 §3.4.1, §3.4.2). `raw` is the field as it stands in the
 * message, octet for character, with or without that CRLF.
 */
export function canonicalField(raw: string, how: Canonicalization): string {
  const field = raw.endsWith('\r\n') ? raw : `${raw}\r\n`;
  if (how === 'simple') return field;
  const colon = field.indexOf(':');
  const name = withoutSpace(field.slice(0, colon)).toLowerCase();
  return `${name}:${relaxedValue(field.slice(colon + 1, -2))}\r\n`;
}

function relaxedValue(value: string): string {
  const unfolded = value.includes('\r\n') ? value.replaceAll('\r\n', '') : value;
  const single = /[\t]| {2}/.test(unfolded) ? unfolded.replaceAll(/[ \t]+/g, ' ') : unfolded;
  return withoutSpace(single);
}

/** Without the one space that may stand at either end once runs of white space have become one space. */
function withoutSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isWhite(text.charCodeAt(start))) start++;
  while (end > start && isWhite(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isWhite(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
