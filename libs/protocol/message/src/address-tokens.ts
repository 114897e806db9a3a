/** A token of a structured field (RFC 5322 §3.2); comments and white space are left out. */
export interface AddressToken {
  readonly kind: 'atom' | 'quoted' | 'literal' | Special;
  readonly start: number;
  readonly end: number;
}

type Special = ',' | ':' | ';' | '<' | '>' | '@' | '.';

/** RFC 5322 nests comments without end; nobody does. */
const MAX_COMMENT_DEPTH = 32;

const SPECIALS: ReadonlySet<string> = new Set([',', ':', ';', '<', '>', '@', '.']);
// RFC 5322 §3.2.3 atext, and UTF-8 (RFC 6532 §3.2). Sticky, and one class each: linear.
const ATOM = /[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~\u00a0-\uffff]+/y;
const LITERAL = /\[[^[\]\\]*\]/y;

/** Cuts the value of an address field into tokens in one pass; undefined when something in it is no token. */
export function addressTokens(text: string): readonly AddressToken[] | undefined {
  const tokens: AddressToken[] = [];
  for (let at = 0; at < text.length;) {
    const character = text.charAt(at);
    if (character === ' ' || character === '\t') at++;
    else if (character === '(') {
      const end = endOfComment(text, at);
      if (end === undefined) return undefined;
      at = end;
    } else {
      const token = tokenAt(text, at, character);
      if (!token) return undefined;
      tokens.push(token);
      at = token.end;
    }
  }
  return tokens;
}

function tokenAt(text: string, start: number, character: string): AddressToken | undefined {
  if (isSpecial(character)) return { kind: character, start, end: start + 1 };
  if (character === '"') {
    const end = endOfQuoted(text, start);
    return end === undefined ? undefined : { kind: 'quoted', start, end };
  }
  const [kind, pattern] = character === '[' ? (['literal', LITERAL] as const) : (['atom', ATOM] as const);
  pattern.lastIndex = start;
  return pattern.test(text) ? { kind, start, end: pattern.lastIndex } : undefined;
}

function isSpecial(character: string): character is Special {
  return SPECIALS.has(character);
}

/** RFC 5322 §3.2.4. */
function endOfQuoted(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return undefined;
}

/** RFC 5322 §3.2.2. */
function endOfComment(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === '\\') at++;
    else if (character === '(' && ++depth > MAX_COMMENT_DEPTH) return undefined;
    else if (character === ')' && --depth === 0) return at + 1;
  }
  return undefined;
}
