/** A term of a query, and where it stands in the text. */
export interface Term {
  readonly field: string | undefined;
  readonly value: string;
  readonly text: string;
  /** The first character, counted from 1. */
  readonly at: number;
}

/** Why a text is no list of terms, and where. */
export interface TermFault {
  readonly fault: string;
  readonly text: string;
  readonly at: number;
}

/** Terms are parted by spaces outside double quotes. */
export function splitTerms(text: string): Term[] | TermFault {
  const terms: Term[] = [];
  const term = /\s*((?:([a-zA-Z-]+):)?(?:"([^"]*)"|([^\s"]+)))/y;
  const last = text.trimEnd().length;
  for (let end = 0; end < last; end = term.lastIndex) {
    term.lastIndex = end;
    const match = term.exec(text);
    if (!match) {
      const rest = text.slice(end).trimStart();
      return { fault: 'a double quote is not closed', text: rest, at: text.length - rest.length + 1 };
    }
    const [whole, own = '', field, quoted, bare] = match;
    const at = match.index + whole.length - own.length + 1;
    if (field === undefined && /^[a-zA-Z-]+:$/.test(own))
      return { fault: whyNoValue(text, term.lastIndex), text: own, at };
    terms.push({ field: field?.toLowerCase(), value: quoted ?? bare ?? '', text: own, at });
  }
  return terms;
}

function whyNoValue(text: string, at: number): string {
  return text[at] === '"' ? 'a double quote is not closed' : 'a value is missing';
}

/** What is wrong, with the place of it. */
export function pointAt(fault: string, { text, at }: { readonly text: string; readonly at: number }): string {
  return `${fault} (at character ${at}: ${text.length > 40 ? `${text.slice(0, 39)}…` : text})`;
}
