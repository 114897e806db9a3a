import { isUtf8 } from 'node:buffer';
import { type Entity, entityOf, fieldOf, partsOf, withField, writeEntity } from './entity.ts';
import { base64, quotedPrintable, rewrapBase64, rewrapQuotedPrintable } from './transfer-encodings.ts';

/** RFC 5321 §4.5.3.1.6, RFC 5322 §2.1.1: without its CRLF. */
export const MAX_LINE_OCTETS = 998;
const MAX_DEPTH = 16;

/**
 * A message without lines over 998 octets, which says the same: texts in quoted-printable, other parts in base64, long
 * lines of an encoding broken where it allows, header fields folded at their spaces (RFC 2045 §6, RFC 5322 §2.2.3).
 *
 * Undefined where that cannot be: a word of a header field is longer, a signed part would not verify any more, or a part is
 * a message of its own. To be done before signing, and never later.
 */
export function reencodeLongLines(message: {
  readonly header: Buffer;
  /** What follows the empty line. */
  readonly body: Buffer;
}): { readonly header: Buffer; readonly body: Buffer } | undefined {
  const header = refolded(message.header.toString('latin1'));
  if (header === undefined) return undefined;
  const top = reencoded({ header, body: message.body.toString('latin1') }, { depth: 0, isTop: true });
  return top && { header: Buffer.from(top.header, 'latin1'), body: Buffer.from(top.body, 'latin1') };
}

function reencoded(entity: Entity, about: { readonly depth: number; readonly isTop: boolean }): Entity | undefined {
  if (!isTooLong(entity.body)) return entity;
  const [, type = 'text', subtype = 'plain'] =
    /^([^/;\s]+)\/([^;\s]+)/.exec(fieldOf(entity.header, 'Content-Type')) ?? [];
  const kind = type.toLowerCase();
  if (kind === 'multipart') return subtype.toLowerCase() === 'signed' ? undefined : multipart(entity, about.depth);
  if (kind === 'message') return undefined;
  return leaf(entity, { isText: kind === 'text', isTop: about.isTop });
}

function multipart(entity: Entity, depth: number): Entity | undefined {
  const found = depth < MAX_DEPTH ? partsOf(entity) : undefined;
  if (!found || found.between.some(isTooLong)) return undefined;
  let body = found.between[0] ?? '';
  for (const [index, octets] of found.parts.entries()) {
    const { header, body: inner } = entityOf(octets);
    const folded = refolded(header);
    const part =
      folded === undefined ? undefined : reencoded({ header: folded, body: inner }, { depth: depth + 1, isTop: false });
    if (!part) return undefined;
    body +=
      (part.header === header && part.body === inner ? octets : writeEntity(part)) + (found.between[index + 1] ?? '');
  }
  return { header: entity.header, body };
}

function leaf(
  { header, body }: Entity,
  { isText, isTop }: { readonly isText: boolean; readonly isTop: boolean },
): Entity | undefined {
  switch (fieldOf(header, 'Content-Transfer-Encoding').toLowerCase()) {
    case 'base64':
      return { header, body: rewrapBase64(body) };
    case 'quoted-printable':
      return { header, body: rewrapQuotedPrintable(body) };
    case '':
    case '7bit':
    case '8bit':
    case 'binary': {
      const encoding = isText ? 'quoted-printable' : 'base64';
      const encoded = withField(header, 'Content-Transfer-Encoding', encoding);
      return { header: isTop ? withMime(encoded, body) : encoded, body: isText ? quotedPrintable(body) : base64(body) };
    }
    default:
      return undefined;
  }
}

/** RFC 2045 §4: a message that says how it is encoded says that it is MIME; 8-bit text without a charset gets the one it has. */
function withMime(header: string, body: string): string {
  const mime = fieldOf(header, 'MIME-Version') === '' ? withField(header, 'MIME-Version', '1.0') : header;
  // oxlint-disable-next-line no-control-regex -- the whole of ASCII
  if (fieldOf(header, 'Content-Type') !== '' || !/[^\0-\x7f]/.test(body)) return mime;
  const charset = isUtf8(Buffer.from(body, 'latin1')) ? 'utf-8' : 'unknown-8bit';
  return withField(mime, 'Content-Type', `text/plain; charset=${charset}`);
}

/** A header section whose lines are short enough; undefined when a word of it is longer. */
function refolded(header: string): string | undefined {
  if (!isTooLong(header)) return header;
  const lines: string[] = [];
  for (const line of header.split('\r\n')) {
    let rest = line;
    while (rest.length > MAX_LINE_OCTETS) {
      // The space stays: it begins the next line. What would be left of it must not be nothing but spaces.
      const at = Math.max(rest.lastIndexOf(' ', MAX_LINE_OCTETS), rest.lastIndexOf('\t', MAX_LINE_OCTETS));
      if (at < 1 || rest.slice(0, at).trim() === '' || /^[!-9;-~]+:[ \t]*$/.test(rest.slice(0, at))) return undefined;
      lines.push(rest.slice(0, at));
      rest = rest.slice(at);
    }
    lines.push(rest);
  }
  return lines.join('\r\n');
}

function isTooLong(text: string): boolean {
  for (let from = 0; from < text.length;) {
    const end = text.indexOf('\n', from);
    const length = end === -1 ? text.length - from : end - 1 - from;
    if (length > MAX_LINE_OCTETS) return true;
    if (end === -1) return false;
    from = end + 1;
  }
  return false;
}
