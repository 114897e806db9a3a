/** Writes a text of printable ASCII as xtext (RFC 3461 §4). */
export function encodeXtext(text: string): string {
  return text.replace(/[^!-*,-<>-~]/g, (character) => `+${hex(character.charCodeAt(0))}`);
}

/**
 * Reads xtext; undefined when it is malformed, or when it hides what is not printable ASCII.
 *
 * `+0D+0A` is refused: a decoded line end would become a second command or header field wherever the value goes next.
 */
export function decodeXtext(xtext: string): string | undefined {
  if (!/^(?:[!-*,-<>-~]|\+[0-9A-Fa-f]{2})*$/.test(xtext)) return undefined;
  const text = xtext.replace(/\+(..)/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
  return /^[ -~]*$/.test(text) ? text : undefined;
}

function hex(octet: number): string {
  return octet.toString(16).toUpperCase().padStart(2, '0');
}
