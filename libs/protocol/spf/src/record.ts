import { type Network, parseNetwork } from '@postern/dns';

/** `+` passes, `-` fails, `~` fails softly, `?` says nothing (RFC 7208 §4.6.2). */
export type SpfQualifier = '+' | '-' | '~' | '?';

/** A mechanism of a record (RFC 7208 §5); a domain may hold macros, and undefined stands for the domain itself. */
export type SpfMechanism =
  | { readonly kind: 'all' }
  | { readonly kind: 'include' | 'exists'; readonly domain: string }
  | {
      readonly kind: 'a' | 'mx';
      readonly domain: string | undefined;
      readonly prefixBits4: number;
      readonly prefixBits6: number;
    }
  | { readonly kind: 'ptr'; readonly domain: string | undefined }
  | { readonly kind: 'ip'; readonly network: Network };

export interface SpfTerm {
  readonly qualifier: SpfQualifier;
  readonly mechanism: SpfMechanism;
  /** As it was written. */
  readonly text: string;
}

export interface SpfRecord {
  readonly terms: readonly SpfTerm[];
  readonly redirect: string | undefined;
}

export type SpfReading =
  { readonly kind: 'record'; readonly record: SpfRecord } | { readonly kind: 'invalid'; readonly reason: string };

const MAX_TERMS = 200;

/** Whether a TXT record is one of SPF (RFC 7208 §4.5). */
export function isSpfRecord(text: string): boolean {
  return /^v=spf1(?: |$)/i.test(text);
}

/** Reads a record whole (RFC 7208 §4.6): one wrong term makes all of it wrong, wherever it stands. */
export function parseSpfRecord(text: string): SpfReading {
  if (!isSpfRecord(text)) return invalid('it does not begin with v=spf1');
  const words = text
    .split(' ')
    .slice(1)
    .filter((word) => word !== '');
  if (words.length > MAX_TERMS) return invalid(`it has more than ${MAX_TERMS} terms`);
  const terms: SpfTerm[] = [];
  const modifiers = new Map<string, string>();
  for (const word of words) {
    const [, name, value = ''] = /^([A-Za-z][A-Za-z0-9_.-]*)=(.*)$/.exec(word) ?? [];
    if (name !== undefined) {
      const key = name.toLowerCase();
      // RFC 7208 §6: redirect and exp at most once; others are for the future.
      if ((key === 'redirect' || key === 'exp') && modifiers.has(key)) return invalid(`${key}= stands twice`);
      if ((key === 'redirect' || key === 'exp') && !isDomainSpec(value)) return invalid(`${word} names no domain`);
      modifiers.set(key, value);
      continue;
    }
    const term = parseTerm(word);
    if (typeof term === 'string') return invalid(term);
    terms.push(term);
  }
  return { kind: 'record', record: { terms, redirect: modifiers.get('redirect') } };
}

function parseTerm(word: string): SpfTerm | string {
  const [, sign = '', name = '', rest = ''] = /^([-+?~]?)([A-Za-z][A-Za-z0-9]*)([:/].*)?$/.exec(word) ?? [];
  if (name === '') return `"${word}" is no term`;
  const mechanism = parseMechanism(name.toLowerCase(), rest);
  if (mechanism === undefined) return `"${word}" is no mechanism of SPF`;
  return { qualifier: qualifierOf(sign), mechanism, text: word };
}

function parseMechanism(name: string, rest: string): SpfMechanism | undefined {
  switch (name) {
    case 'all':
      return rest === '' ? { kind: 'all' } : undefined;
    case 'include':
    case 'exists':
      return rest.startsWith(':') && isDomainSpec(rest.slice(1)) ? { kind: name, domain: rest.slice(1) } : undefined;
    case 'ptr':
      if (rest === '') return { kind: 'ptr', domain: undefined };
      return rest.startsWith(':') && isDomainSpec(rest.slice(1)) ? { kind: 'ptr', domain: rest.slice(1) } : undefined;
    case 'a':
    case 'mx':
      return hosts(name, rest);
    case 'ip4':
    case 'ip6':
      return addresses(name === 'ip4' ? 4 : 6, rest);
    default:
      return undefined;
  }
}

/** `a`, `a:example.org`, `a/24`, `a:example.org/24//64` (RFC 7208 §5.3, §5.4, §5.6). */
function hosts(kind: 'a' | 'mx', rest: string): SpfMechanism | undefined {
  // A macro may hold slashes, so the lengths are taken off the end.
  const [, domainPart = '', bits4, bits6] = /^(.*?)(?:\/(\d{1,2}))?(?:\/\/(\d{1,3}))?$/.exec(rest) ?? [];
  if (domainPart !== '' && !(domainPart.startsWith(':') && isDomainSpec(domainPart.slice(1)))) return undefined;
  const prefixBits4 = bits4 === undefined ? 32 : Number(bits4);
  const prefixBits6 = bits6 === undefined ? 128 : Number(bits6);
  if (prefixBits4 > 32 || prefixBits6 > 128) return undefined;
  return { kind, domain: domainPart === '' ? undefined : domainPart.slice(1), prefixBits4, prefixBits6 };
}

function addresses(family: 4 | 6, rest: string): SpfMechanism | undefined {
  if (!rest.startsWith(':')) return undefined;
  const [, address = '', bits] = /^:([0-9A-Fa-f:.]+)(?:\/(\d{1,3}))?$/.exec(rest) ?? [];
  const network = networkOf(address, bits);
  return network?.family === family ? { kind: 'ip', network } : undefined;
}

/** Unlike an operator's network, one of SPF may have bits beyond its prefix (RFC 7208 §5.6): they count for nothing. */
export function networkOf(address: string, bits: string | undefined): Network | undefined {
  const alone = parseNetwork(address);
  if (alone.kind === 'invalid') return undefined;
  const { network } = alone;
  const prefixBits = bits === undefined ? network.prefixBits : Number(bits);
  const all = network.family === 4 ? 32 : 128;
  if (prefixBits > all) return undefined;
  const hostBits = BigInt(all - prefixBits);
  return { ...network, prefixBits, prefix: (network.prefix >> hostBits) << hostBits };
}

/** RFC 7208 §7.1: macros and visible characters, with a name at the end. */
function isDomainSpec(text: string): boolean {
  return (
    text.length > 0 &&
    text.length <= 512 &&
    /^[!-~]+$/.test(text) &&
    /(?:\.[A-Za-z0-9-]*[A-Za-z][A-Za-z0-9-]*\.?|%\{[^}]*\})$/.test(text)
  );
}

function qualifierOf(sign: string): SpfQualifier {
  return sign === '-' || sign === '~' || sign === '?' ? sign : '+';
}

function invalid(reason: string): SpfReading {
  return { kind: 'invalid', reason };
}
