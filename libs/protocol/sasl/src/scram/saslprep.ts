/** Nobody's password is longer; nothing longer is normalised. */
const MAX_OCTETS = 1024;

/** RFC 3454 B.1: characters that are mapped to nothing. */
const NOTHING =
  /\u{34f}|\u{200d}|[\u{fe00}-\u{fe0f}]|[\u{ad}\u{1806}\u{180b}-\u{180d}\u{200b}-\u{200c}\u{2060}\u{feff}]/gu;
/** RFC 3454 C.1.2: spaces beyond ASCII. */
const SPACES = /[\u{a0}\u{1680}\u{2000}-\u{200a}\u{202f}\u{205f}\u{3000}]/gu;
/**
 * RFC 4013 §2.3: controls (C.2), private use (C.3), non-characters (C.4), surrogates (C.5), what is out of place in plain
 * text (C.6), ideographic descriptions (C.7), marks of direction (C.8), tags (C.9); and unassigned code points (§2.5).
 */
const PROHIBITED =
  /\u{340}|\u{341}|[\p{Cc}\p{Co}\p{Cs}\p{Cn}\u{6dd}\u{70f}\u{180e}\u{200c}-\u{200f}\u{2028}-\u{202e}\u{2060}-\u{206f}\u{feff}\u{fff9}-\u{fffd}\u{1d173}-\u{1d17a}\u{2ff0}-\u{2ffb}\u{e0001}\u{e0020}-\u{e007f}]/u;
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;
const LEFT_TO_RIGHT = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hangul}]/u;

/**
 * SASLprep (RFC 4013): a name or password in the one form in which both sides hash it; undefined when it may not be one.
 *
 * The two letters of `I\u00adX` are `IX`, the roman numeral `\u2168` is `IX` too, and `\u0007` is prohibited.
 * Normalised by the Unicode of today, not by version 3.2.
 */
export function saslPrep(text: string): string | undefined {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length <= MAX_OCTETS ? text : undefined;
  if (Buffer.byteLength(text) > MAX_OCTETS) return undefined;
  const prepared = text.replace(SPACES, ' ').replace(NOTHING, '').normalize('NFKC');
  return PROHIBITED.test(prepared) || mixesDirections(prepared) ? undefined : prepared;
}

/** RFC 3454 §6: text with a letter of a script from right to left has none of the others, and begins and ends with its own. */
function mixesDirections(text: string): boolean {
  if (!RIGHT_TO_LEFT.test(text)) return false;
  const letters = [...text];
  const [first = '', last = ''] = [letters[0], letters.at(-1)];
  return LEFT_TO_RIGHT.test(text) || !RIGHT_TO_LEFT.test(first) || !RIGHT_TO_LEFT.test(last);
}
