/** The grammar of a local-part (RFC 5321 §4.1.2), and whether UTF-8 may stand in it (RFC 6531 §3.3). */
export interface LocalPartOptions {
  readonly smtpUtf8: boolean;
}

/** RFC 5321 §4.5.3.1.1. */
export const MAX_LOCAL_PART_OCTETS = 64;

const ATOM = "[A-Za-z0-9!#$%&'*+\\-/=?^_`{|}~]";
const DOT_STRING = new RegExp(`^${ATOM}+(?:\\.${ATOM}+)*$`);
// U+0080–U+009F are control characters; U+FFFD and lone surrogates stand for octets that were no UTF-8.
const BEYOND_ASCII = '\\u00a0-\\ud7ff\\ue000-\\ufffc\\u{10000}-\\u{10ffff}';
const ATOM_UTF8 = `(?:${ATOM}|[${BEYOND_ASCII}])`;
const DOT_STRING_UTF8 = new RegExp(`^${ATOM_UTF8}+(?:\\.${ATOM_UTF8}+)*$`, 'u');
const QUOTED_CONTENT = /^[ -~]*$/;
const QUOTED_CONTENT_UTF8 = new RegExp(`^[ -~${BEYOND_ASCII}]*$`, 'u');

/** Whether a local-part, unquoted, can be written at all: printable characters only. */
export function isLocalPart(localPart: string, { smtpUtf8 }: LocalPartOptions): boolean {
  return (smtpUtf8 ? QUOTED_CONTENT_UTF8 : QUOTED_CONTENT).test(localPart);
}

/** Whether a local-part can be written without quotes. */
export function isDotString(localPart: string, { smtpUtf8 }: LocalPartOptions): boolean {
  return (smtpUtf8 ? DOT_STRING_UTF8 : DOT_STRING).test(localPart);
}

/** A local-part as it goes on the wire: quoted only where it must be (RFC 5321 §4.1.2: prefer the form without quotes). */
export function formatLocalPart(localPart: string): string {
  return isDotString(localPart, { smtpUtf8: true }) ? localPart : `"${localPart.replace(/["\\]/g, '\\$&')}"`;
}

/**
 * Reads a quoted-string that begins at `start`; answers its content and the index behind the closing quote, or
 * undefined when it never closes. Characters are not judged here.
 */
export function readQuotedString(text: string, start: number): { content: string; end: number } | undefined {
  let content = '';
  for (let index = start + 1; index < text.length; index++) {
    let character = text[index];
    if (character === '"') return { content, end: index + 1 };
    if (character === '\\') character = text[++index];
    content += character ?? '';
  }
  return undefined;
}
