import { readMailbox, type Mailbox } from '@postern/smtp';
import { addressTokens, type AddressToken } from './address-tokens.ts';

/** A mailbox of an address field, and the name beside it. */
export interface NamedMailbox {
  /** As written, quotes taken off, encoded-words left as they are; empty when there is none. */
  readonly displayName: string;
  readonly mailbox: Mailbox;
  /** The mailbox as written: a domain in U-labels is in A-labels in `mailbox`, and still in U-labels here. */
  readonly written: string;
}

export type AddressListReading =
  | { readonly kind: 'sound'; readonly mailboxes: readonly NamedMailbox[]; readonly groups: number }
  | { readonly kind: 'malformed' };

/** More addresses than any field has. */
const MAX_ADDRESSES = 20_000;
const MALFORMED: AddressListReading = Object.freeze({ kind: 'malformed' });

/**
 * Reads the value of From, Sender, To and their like (RFC 5322 §3.4), on one line.
 *
 * Strict where mail readers disagree about who is meant: no comment or white space inside an address, no bare `@` or
 * `,` in a display name, no group inside a group. Obsolete but clear forms are read: empty list elements, dots in a
 * display name, a route, which is dropped (§4.4). One pass, whatever the text.
 */
export function readAddressList(text: string): AddressListReading {
  const tokens = addressTokens(text);
  if (!tokens) return MALFORMED;
  const mailboxes: NamedMailbox[] = [];
  let groups = 0;
  let inGroup = false;
  let start = 0;
  for (let at = 0; at <= tokens.length; at++) {
    const kind = tokens[at]?.kind;
    if (kind === '<') at = closingBracket(tokens, at);
    else if (kind === ':') {
      if (inGroup || !isPhrase(tokens.slice(start, at)) || at === start) return MALFORMED;
      inGroup = true;
      groups++;
      start = at + 1;
    } else if (kind === ',' || kind === ';' || kind === undefined) {
      if (at > start) {
        const mailbox = readNamed(text, tokens.slice(start, at));
        if (!mailbox || mailboxes.length >= MAX_ADDRESSES) return MALFORMED;
        mailboxes.push(mailbox);
      }
      if (kind === ';' ? !inGroup || !isEndOfAddress(tokens[at + 1]) : kind === undefined && inGroup) return MALFORMED;
      if (kind === ';') inGroup = false;
      start = at + 1;
    }
  }
  return { kind: 'sound', mailboxes, groups };
}

/** Where the `>` stands; the last token when there is none, and then the address is malformed anyway. */
function closingBracket(tokens: readonly AddressToken[], start: number): number {
  let at = start;
  while (at < tokens.length - 1 && tokens[at]?.kind !== '>') at++;
  return at;
}

function readNamed(text: string, tokens: readonly AddressToken[]): NamedMailbox | undefined {
  const open = tokens.findIndex((token) => token.kind === '<');
  if (open === -1) {
    const spec = readAddrSpec(text, tokens);
    return spec && { displayName: '', ...spec };
  }
  const phrase = tokens.slice(0, open);
  if (!isPhrase(phrase) || tokens.at(-1)?.kind !== '>') return undefined;
  const spec = readAddrSpec(text, withoutRoute(tokens.slice(open + 1, -1)));
  return spec && { displayName: displayName(text, phrase), ...spec };
}

/** RFC 5322 §3.2.5, §4.1: words, and dots behind the first of them. */
function isPhrase(tokens: readonly AddressToken[]): boolean {
  return tokens.every(({ kind }, index) => kind === 'atom' || kind === 'quoted' || (kind === '.' && index > 0));
}

function displayName(text: string, phrase: readonly AddressToken[]): string {
  let name = '';
  let end = phrase[0]?.start ?? 0;
  for (const token of phrase) {
    const raw = text.slice(token.start, token.end);
    const word = token.kind === 'quoted' ? raw.slice(1, -1).replace(/\\(.)/g, '$1') : raw;
    name += token.start > end ? ` ${word}` : word;
    end = token.end;
  }
  return name;
}

/** `<@a,@b:local@domain>`, RFC 5322 §4.4 obs-route. */
function withoutRoute(tokens: readonly AddressToken[]): readonly AddressToken[] {
  if (tokens[0]?.kind !== '@') return tokens;
  const colon = tokens.findIndex((token) => token.kind === ':');
  return colon === -1 ? [] : tokens.slice(colon + 1);
}

function readAddrSpec(
  text: string,
  tokens: readonly AddressToken[],
): Pick<NamedMailbox, 'mailbox' | 'written'> | undefined {
  const first = tokens[0];
  const last = tokens.at(-1);
  if (!first || !last) return undefined;
  const isUnbroken = tokens.every((token, index) => index === 0 || token.start === tokens[index - 1]?.end);
  if (!isUnbroken) return undefined;
  const written = text.slice(first.start, last.end);
  const mailbox = readMailbox(written, { smtpUtf8: true });
  return typeof mailbox === 'string' ? undefined : { mailbox, written };
}

function isEndOfAddress(token: AddressToken | undefined): boolean {
  return token === undefined || token.kind === ',';
}
