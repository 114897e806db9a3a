/** What the macros of a record stand for (RFC 7208 §7.2). */
export interface MacroValues {
  /** The sender: `a@example.org`. */
  readonly sender: string;
  /** The domain that is being looked at. */
  readonly domain: string;
  /** The address of the client, in canonical text. */
  readonly address: string;
  readonly helo: string;
  /** The validated name of the client; `unknown` when there is none. */
  readonly validated: string;
}

/** Expands the macros of a domain; undefined when one is none. Of a name that is too long the front is left out. */
export function expandMacros(spec: string, values: MacroValues): string | undefined {
  let wrong = false;
  const expanded = spec.replaceAll(
    /%(?:\{([^}]*)\}|(.?))/g,
    (_, macro: string | undefined, sign: string | undefined) => {
      const value = macro === undefined ? SIGNS[sign ?? ''] : expand(macro, values);
      wrong ||= value === undefined;
      return value ?? '';
    },
  );
  return wrong ? undefined : shortened(expanded);
}

const SIGNS: Readonly<Record<string, string>> = { '%': '%', _: ' ', '-': '%20' };

function expand(macro: string, values: MacroValues): string | undefined {
  const [, letter = '', digits = '', reverse = '', delimiters = ''] =
    /^([A-Za-z])(\d{0,3})([rR]?)([-.+,/_=]*)$/.exec(macro) ?? [];
  const value = valueOf(letter.toLowerCase(), values);
  if (value === undefined || digits === '0') return undefined;
  const marks = delimiters === '' ? '.' : delimiters;
  let parts = splitAt(value, marks);
  if (reverse !== '') parts = parts.toReversed();
  if (digits !== '') parts = parts.slice(-Number(digits));
  const text = parts.join('.');
  return letter === letter.toLowerCase() ? text : encodeURIComponent(text);
}

function valueOf(letter: string, { sender, domain, address, helo, validated }: MacroValues): string | undefined {
  const at = sender.lastIndexOf('@');
  switch (letter) {
    case 's':
      return sender;
    case 'l':
      return sender.slice(0, Math.max(0, at));
    case 'o':
      return sender.slice(at + 1);
    case 'd':
      return domain;
    case 'i':
      return address.includes(':') ? nibbles(address) : address;
    case 'p':
      return validated;
    case 'v':
      return address.includes(':') ? 'ip6' : 'in-addr';
    case 'h':
      return helo;
    default:
      // RFC 7208 §7.2: c, r and t are for explanations only.
      return undefined;
  }
}

/** An IPv6 address as its 32 hexadecimal digits, with dots between them. */
function nibbles(address: string): string {
  const [head = '', tail] = address.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const middle = tail === undefined ? [] : Array.from({ length: 8 - front.length - back.length }, () => '0');
  return [...front, ...middle, ...back].flatMap((group) => [...group.padStart(4, '0')]).join('.');
}

function splitAt(text: string, marks: string): readonly string[] {
  const parts = [''];
  for (const character of text) {
    if (marks.includes(character)) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}

/** RFC 7208 §7.3: at most 253 characters; labels are left out from the front. */
function shortened(name: string): string {
  let text = name;
  while (text.length > 253) {
    const dot = text.indexOf('.');
    if (dot === -1) return text.slice(-253);
    text = text.slice(dot + 1);
  }
  return text;
}
