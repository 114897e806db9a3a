import { parseDomain } from './domain.ts';
import { readQuotedString, type LocalPartOptions } from './local-part.ts';
import { readMailbox, type Mailbox, type MailboxFault } from './mailbox.ts';

/** A reverse-path (RFC 5321 §4.1.2): where a DSN goes. */
export interface ReversePath {
  /** Undefined for the null reverse-path `<>`. */
  readonly mailbox: Mailbox | undefined;
  /** Without brackets; empty for the null reverse-path. */
  readonly text: string;
}

/** A forward-path (RFC 5321 §4.1.2): where mail goes. */
export interface ForwardPath {
  /** Undefined for `<Postmaster>`, which has no domain and means our own (RFC 5321 §4.1.1.3, §4.5.1). */
  readonly mailbox: Mailbox | undefined;
  /** Without brackets. */
  readonly text: string;
}

export type PathFault = MailboxFault | 'path-too-long';

/** A path read from the front of a text, with what follows it; or why there is none. */
export type PathReading<Path> =
  { readonly path: Path; readonly rest: string } | { readonly path?: undefined; readonly fault: PathFault };

const NULL_REVERSE_PATH: ReversePath = Object.freeze({ mailbox: undefined, text: '' });
const POSTMASTER: ForwardPath = Object.freeze({ mailbox: undefined, text: 'Postmaster' });

/** RFC 5321 §4.5.3.1.3, with the punctuation. */
const MAX_PATH_OCTETS = 256;

/** Reads `<>` or `<mailbox>` at the front of a text. A source route is dropped (RFC 5321 §4.1.2, appendix C). */
export function readReversePath(text: string, options: LocalPartOptions): PathReading<ReversePath> {
  if (text.startsWith('<>')) return { path: NULL_REVERSE_PATH, rest: text.slice(2) };
  return readPath(text, options);
}

/** Reads `<mailbox>` or `<Postmaster>` at the front of a text. A source route is dropped. */
export function readForwardPath(text: string, options: LocalPartOptions): PathReading<ForwardPath> {
  if (/^<postmaster>/i.test(text)) return { path: POSTMASTER, rest: text.slice(12) };
  return readPath(text, options);
}

/** Reads a whole text as a reverse-path with its brackets; undefined when it is none. */
export function parseReversePath(
  text: string,
  options: LocalPartOptions = { smtpUtf8: false },
): ReversePath | undefined {
  const reading = readReversePath(text, options);
  return reading.path && reading.rest === '' ? reading.path : undefined;
}

/** Reads a whole text as a forward-path with its brackets; undefined when it is none. */
export function parseForwardPath(
  text: string,
  options: LocalPartOptions = { smtpUtf8: false },
): ForwardPath | undefined {
  const reading = readForwardPath(text, options);
  return reading.path && reading.rest === '' ? reading.path : undefined;
}

function readPath(text: string, options: LocalPartOptions): PathReading<{ mailbox: Mailbox; text: string }> {
  if (!text.startsWith('<')) return { fault: 'syntax' };
  const start = skipSourceRoute(text);
  const end = start === undefined ? undefined : closingBracket(text, start);
  if (start === undefined || end === undefined) return { fault: 'syntax' };
  if (end >= MAX_PATH_OCTETS || Buffer.byteLength(text.slice(0, end + 1)) > MAX_PATH_OCTETS) {
    return { fault: 'path-too-long' };
  }
  const mailbox = readMailbox(text.slice(start, end), options);
  if (typeof mailbox === 'string') return { fault: mailbox };
  return { path: { mailbox, text: mailbox.text }, rest: text.slice(end + 1) };
}

/** Where the mailbox begins: behind `<`, or behind the colon of `<@a,@b:`; undefined when the route is malformed. */
function skipSourceRoute(text: string): number | undefined {
  if (text[1] !== '@') return 1;
  const colon = text.indexOf(':');
  if (colon === -1 || colon > MAX_PATH_OCTETS) return undefined;
  const hops = text.slice(1, colon).split(',');
  return hops.every((hop) => hop.startsWith('@') && parseDomain(hop.slice(1))) ? colon + 1 : undefined;
}

/** The `>` that ends the path: not one inside a quoted local-part. */
function closingBracket(text: string, start: number): number | undefined {
  const behind = text[start] === '"' ? readQuotedString(text, start)?.end : start;
  const end = behind === undefined ? -1 : text.indexOf('>', behind);
  return end === -1 ? undefined : end;
}
