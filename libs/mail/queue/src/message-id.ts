import { randomFillSync } from 'node:crypto';

declare const messageIdBrand: unique symbol;

/** The id of an accepted message: a UUID version 7, so ids sort by the time of acceptance (RFC 9562 §5.7). */
export type MessageId = string & { readonly [messageIdBrand]: true };

const entropy = Buffer.alloc(4096);
let used = entropy.length;

/** A new id for a message accepted at `nowMs` (milliseconds since the epoch). */
export function newMessageId(nowMs: number): MessageId {
  if (used + 10 > entropy.length) {
    randomFillSync(entropy);
    used = 0;
  }
  const time = Math.max(0, Math.floor(nowMs)).toString(16).padStart(12, '0');
  const random = entropy.toString('hex', used, used + 10);
  used += 10;
  const variant = ((Number.parseInt(random.charAt(3), 16) & 0x3) | 0x8).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-${variant}${random.slice(4, 7)}-${random.slice(7, 19)}` as MessageId;
}

/** Reads a message id as a person or a tool writes it; undefined when it is none. */
export function parseMessageId(text: string): MessageId | undefined {
  const lower = text.toLowerCase();
  return /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(lower)
    ? (lower as MessageId)
    : undefined;
}
