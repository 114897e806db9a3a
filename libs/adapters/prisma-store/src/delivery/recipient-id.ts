import type { MessageId } from '@postern/queue';

/** What tells a recipient apart: its message, and its number in the envelope. */
export interface RecipientKey {
  readonly messageId: MessageId;
  readonly number: number;
}

/** The id of a recipient for those outside the store: `0193….3`. */
export function recipientId(messageId: string, number: number): string {
  return `${messageId}.${number}`;
}

/** The key behind an id that `recipientId` made. */
export function recipientKey(id: string): RecipientKey {
  const at = id.indexOf('.');
  const number = Number(id.slice(at + 1));
  if (at !== 36 || !Number.isSafeInteger(number)) throw new TypeError(`${id} is no recipient id`);
  return { messageId: id.slice(0, at) as MessageId, number };
}
