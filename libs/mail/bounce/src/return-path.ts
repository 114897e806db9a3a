import { createHmac, timingSafeEqual } from 'node:crypto';

/** What makes return-paths of ours: where they are, and what they are signed with. */
export interface ReturnPaths {
  /** `bounces.example.org`. */
  readonly domain: string;
  readonly key: Buffer;
}

export type ReturnPathReading =
  | { readonly kind: 'ours'; readonly messageId: string }
  /** Signed by us, long ago. */
  | { readonly kind: 'expired' }
  /** In our domain, and not signed by us. */
  | { readonly kind: 'forged' }
  | { readonly kind: 'other' };

const DAY_MS = 86_400_000;
/** What bounces, does so within days; complaints take weeks. */
const GOOD_DAYS = 60;
const SIGNATURE_OCTETS = 10;
const TOKEN_OCTETS = 2 + 16 + SIGNATURE_OCTETS;

/** The return-path of a message: `b+` and its id, the day and a signature, in letters whose case does not matter. */
export function formatReturnPath(messageId: string, now: Date, { domain, key }: ReturnPaths): string {
  const body = Buffer.alloc(18);
  body.writeUInt16BE(Math.floor(now.getTime() / DAY_MS) % 65_536);
  body.write(messageId.replaceAll('-', ''), 2, 'hex');
  return `b+${toBase32(Buffer.concat([body, sign(body, key)]))}@${domain}`;
}

/** Reads an address that somebody sends to. */
export function readReturnPath(address: string, now: Date, { domain, key }: ReturnPaths): ReturnPathReading {
  const [, token, at] = /^b\+([a-z2-7]{1,64})@(.+)$/i.exec(address) ?? [];
  if (token === undefined || at?.toLowerCase() !== domain) return { kind: 'other' };
  const octets = fromBase32(token.toLowerCase());
  if (octets.length !== TOKEN_OCTETS) return { kind: 'forged' };
  const body = octets.subarray(0, 18);
  if (!timingSafeEqual(octets.subarray(18), sign(body, key))) return { kind: 'forged' };
  const today = Math.floor(now.getTime() / DAY_MS) % 65_536;
  const age = (today - body.readUInt16BE() + 65_536) % 65_536;
  // A clock of ours may be a day ahead.
  if (age > GOOD_DAYS && age !== 65_535) return { kind: 'expired' };
  const id = body.toString('hex', 2);
  return {
    kind: 'ours',
    messageId: `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20)}`,
  };
}

function sign(body: Buffer, key: Buffer): Buffer {
  return createHmac('sha256', key).update(body).digest().subarray(0, SIGNATURE_OCTETS);
}

// RFC 4648 §6, in lower case and without padding.
const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';

function toBase32(octets: Buffer): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const octet of octets) {
    held = (held << 8) | octet;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += LETTERS.charAt((held >> (bits - 5)) & 31);
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + LETTERS.charAt((held << (5 - bits)) & 31) : text;
}

function fromBase32(text: string): Buffer {
  const octets: number[] = [];
  let bits = 0;
  let held = 0;
  for (const letter of text) {
    held = (held << 5) | LETTERS.indexOf(letter);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    octets.push((held >> bits) & 255);
    held &= (1 << bits) - 1;
  }
  return Buffer.from(octets);
}
