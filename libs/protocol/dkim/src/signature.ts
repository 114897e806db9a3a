import type { Canonicalization } from './canonicalization.ts';
import { items, readTagList, unspaced } from './tag-list.ts';

/** A DKIM-Signature field, read (RFC 6376 §3.5). */
export interface Signature {
  readonly algorithm: 'rsa-sha256' | 'ed25519-sha256';
  readonly domain: string;
  readonly selector: string;
  /** The domain of `i=`. */
  readonly identity: string;
  readonly header: Canonicalization;
  readonly body: Canonicalization;
  /** The names of `h=`, lower case. */
  readonly fields: readonly string[];
  readonly bodyHash: Buffer;
  readonly signature: Buffer;
  /** `l=`. */
  readonly maxOctets: number | undefined;
  /** The field with an empty `b=`. */
  readonly unsigned: string;
}

export type SignatureReading =
  { readonly kind: 'signature'; readonly signature: Signature } | { readonly kind: 'invalid'; readonly reason: string };

const MAX_FIELDS = 200;

/** Reads a DKIM-Signature field as it stands in the message (RFC 6376 §6.1.1; RFC 8301 §3.1: SHA-1 is no signature). */
export function readSignature(raw: string): SignatureReading {
  const tags = readTagList(raw.slice(raw.indexOf(':') + 1));
  if (!tags) return invalid('the field is no list of tags');
  const missing = ['v', 'a', 'b', 'bh', 'd', 'h', 's'].find((tag) => !tags.has(tag));
  if (missing !== undefined) return invalid(`the tag ${missing}= is missing`);
  const value = (tag: string): string => tags.get(tag) ?? '';
  if (value('v') !== '1') return invalid('the version is not 1');
  const algorithm = value('a').toLowerCase();
  if (algorithm !== 'rsa-sha256' && algorithm !== 'ed25519-sha256')
    return invalid(`the algorithm ${algorithm} is not known`);
  const [header = 'simple', body = 'simple'] = (tags.get('c') ?? 'simple/simple').split('/');
  if (!isCanonicalization(header) || !isCanonicalization(body)) return invalid('c= is not known');
  const domain = value('d').toLowerCase();
  const identity = (tags.get('i') ?? `@${domain}`).slice((tags.get('i') ?? '@').lastIndexOf('@') + 1).toLowerCase();
  if (identity !== domain && !identity.endsWith(`.${domain}`)) return invalid('i= is not in the domain of d=');
  const fields = items(value('h')).map((each) => each.toLowerCase());
  if (!fields.includes('from')) return invalid('From is not signed');
  if (fields.length > MAX_FIELDS) return invalid('h= has too many names');
  const l = tags.get('l');
  if (l !== undefined && !/^\d{1,15}$/.test(l)) return invalid('l= is no number');
  return {
    kind: 'signature',
    signature: {
      algorithm,
      domain,
      selector: value('s').toLowerCase(),
      identity,
      header,
      body,
      fields,
      bodyHash: Buffer.from(unspaced(value('bh')), 'base64'),
      signature: Buffer.from(unspaced(value('b')), 'base64'),
      maxOctets: l === undefined ? undefined : Number(l),
      unsigned: withoutSignature(raw),
    },
  };
}

/** The field with the value of `b=` taken out, and nothing else changed. */
function withoutSignature(raw: string): string {
  const colon = raw.indexOf(':') + 1;
  const parts = raw.slice(colon).split(';');
  const index = parts.findIndex((part) => /^[ \t\r\n]*b[ \t\r\n]*=/.test(part));
  const part = parts[index] ?? '';
  parts[index] = part.slice(0, part.indexOf('=') + 1);
  // The CRLF behind the last tag is the field's, and not the value's.
  return raw.slice(0, colon) + parts.join(';');
}

function isCanonicalization(text: string): text is Canonicalization {
  return text === 'simple' || text === 'relaxed';
}

function invalid(reason: string): SignatureReading {
  return { kind: 'invalid', reason };
}
