/** RFC 5322 §2.1.1: lines of at most 78 characters where possible. */
const FOLD_AT = 78;
/** RFC 5322 §2.1.1: never over 998. A word longer than this is cut. */
const MAX_WORD = 900;

/**
 * A header field of ours as it goes into a content, folded at spaces, with its CRLF.
 *
 * The one place where text becomes part of a header: line ends and control characters in the value become spaces, and
 * characters beyond ASCII become `?`, so no value can begin a field of its own.
 */
export function formatField(name: string, value: string): string {
  let field = '';
  let line = `${name}:`;
  for (const word of harmless(value).split(' ')) {
    if (word === '') continue;
    if (line.length + 1 + word.length > FOLD_AT && line.trim() !== '' && !line.endsWith(':')) {
      field += `${line}\r\n`;
      line = '';
    }
    line += ` ${word.slice(0, MAX_WORD)}`;
  }
  return `${field}${line}\r\n`;
}

/** A value that someone else chose, as one word that can stand in a field or in a comment of it. */
export function harmlessWord(value: string): string {
  return value.replace(/[^!#-'*-:=?-[\]-~]/g, '?').slice(0, 255) || '?';
}

function harmless(value: string): string {
  return /[^ -~]/.test(value) ? value.replace(/\p{Cc}/gu, ' ').replace(/[^ -~]/gu, '?') : value;
}
