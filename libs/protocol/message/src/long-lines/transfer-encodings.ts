/** RFC 2045 §6.7, §6.8: lines of at most 76 characters. */
const MAX_LINE = 76;

/** A text in quoted-printable (RFC 2045 §6.7); its own line ends stay line ends. Octets as Latin-1, in and out. */
export function quotedPrintable(text: string): string {
  return text
    .split('\r\n')
    .map((line) => softly(line.replace(/[^!-<>-~ \t]|[ \t]$/g, (character) => `=${hex(character)}`)))
    .join('\r\n');
}

/** Quoted-printable that has too long lines, with soft line breaks in them (RFC 2045 §6.7 rule 5). */
export function rewrapQuotedPrintable(text: string): string {
  return text.split('\r\n').map(softly).join('\r\n');
}

/** Octets in base64 (RFC 2045 §6.8). Octets as Latin-1. */
export function base64(octets: string): string {
  return wrapped(Buffer.from(octets, 'latin1').toString('base64'));
}

/** Base64 that has too long lines, in lines as they should be: the line ends are not part of what it says. */
export function rewrapBase64(text: string): string {
  return wrapped(text.replaceAll(/\s/g, ''));
}

function softly(line: string): string {
  if (line.length <= MAX_LINE) return line;
  let written = '';
  let rest = line;
  while (rest.length > MAX_LINE) {
    let at = MAX_LINE - 1;
    // An `=XX` is not cut, and what stands before a soft break may be a space.
    const escape = rest.lastIndexOf('=', at - 1);
    if (escape > at - 3 && escape !== -1 && escape + 3 > at) at = escape;
    written += `${rest.slice(0, at)}=\r\n`;
    rest = rest.slice(at);
  }
  return written + rest;
}

function wrapped(text: string): string {
  const lines = text.match(/.{1,76}/g) ?? [];
  return lines.length === 0 ? '' : `${lines.join('\r\n')}\r\n`;
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');
}
