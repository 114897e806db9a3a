import { decode } from 'punycode.js';

/**
 * The name of a domain in its own script (RFC 5890 §2.3.2.1), where that cannot be taken for another name; else undefined.
 *
 * All labels are shown so, or none. A label stays an A-label that mixes scripts, that could be read as Latin letters though
 * it is of another script (the Cyrillic `аррӏе`), that is not in its normal form, or that holds what is no letter, mark or
 * digit. `bücher.example` is shown, `аpple.example` with its first letter from another script is not.
 */
export function uLabelsOf(domain: string): string | undefined {
  const labels = domain.split('.').map(shownLabel);
  if (labels.includes(undefined)) return undefined;
  const shown = labels.join('.');
  return shown === domain ? undefined : shown;
}

function shownLabel(label: string): string | undefined {
  if (!label.startsWith('xn--')) return label;
  const text = decoded(label);
  if (text === undefined || text === '' || text !== text.normalize('NFC') || text !== text.toLowerCase())
    return undefined;
  // RFC 5892: letters, marks and digits, and the hyphen between them; what joins or has no width is not shown.
  if (!/^[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*$/u.test(text) || !/[^\u0000-\u007f]/u.test(text)) return undefined;
  return SETS.some((set) => set.test(text)) && !LOOKS_LATIN.test(text) ? text : undefined;
}

/** What an A-label encodes (RFC 3492); undefined: nothing. */
function decoded(label: string): string | undefined {
  // A label has 63 octets (RFC 1035 §2.3.4).
  if (label.length > 63) return undefined;
  try {
    return decode(label.slice('xn--'.length));
  } catch {
    return undefined;
  }
}

/** Scripts that are written together, as Unicode Technical Standard 39 §5.2 says for names that are highly restricted; Latin goes with no other. */
const SETS = [
  'Latin',
  'Greek',
  'Cyrillic',
  'Armenian',
  'Hebrew',
  'Arabic',
  'Devanagari',
  'Bengali',
  'Tamil',
  'Thai',
  'Georgian',
  'Han',
  'Han Hiragana Katakana',
  'Han Bopomofo',
  'Hangul Han',
].map((scripts) => {
  const letters = scripts
    .split(' ')
    .map((each) => `\\p{Script=${each}}`)
    .join('');
  return new RegExp(`^[${letters}\\p{Script=Inherited}0-9ー-]+$`, 'u');
});

/** Nothing but letters that look like Latin ones. */
const LOOKS_LATIN = /^[асԁеһіјӏорԗԛѕԝхуъьҽпгѵѡοανρυικχτγωη0-9-]+$/u;
