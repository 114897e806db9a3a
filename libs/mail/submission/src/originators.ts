import { isAscii, isUtf8 } from 'node:buffer';
import { mayUse, type SenderRule } from '@postern/credentials';
import {
  fieldValue,
  type HeaderField,
  type HeaderSection,
  type NamedMailbox,
  rawField,
  readAddressList,
} from '@postern/message';
import { reply, type Reply } from '@postern/smtp';

/** What a client hears of a header section that may not pass. */
export interface Refused {
  readonly kind: 'refused';
  readonly reply: Reply;
}

/** Those whom a field of originators names (RFC 5322 §3.6.2, §3.6.6). */
export interface Originators {
  readonly kind: 'read';
  /** The field's. */
  readonly name: string;
  readonly mailboxes: readonly NamedMailbox[];
}

/** Reads From, Sender, Resent-From or Resent-Sender: one mailbox at least, or it is refused. */
export function readOriginators(section: HeaderSection, field: HeaderField, name: string): Originators | Refused {
  const list = readAddressList(fieldValue(section, field));
  const unreadable = refuse(550, '5.6.0', `The ${name} field names no mailbox that can be read`);
  if (list.kind !== 'sound' || list.mailboxes.length === 0) return unreadable;
  // RFC 6532 §3.1: an address beyond ASCII is in UTF-8. Octets that are none mean what each reader takes them for.
  if (!isUtf8(rawField(section, field)) && list.mailboxes.some(isBeyondAscii)) return unreadable;
  return { kind: 'read', name, mailboxes: list.mailboxes };
}

/**
 * Whether somebody may send as all of those that a field names; compared is the canonical form, U-labels as A-labels.
 *
 * An address beyond ASCII needs SMTPUTF8 in a header section as it does in a path (RFC 6531 §3.7, RFC 6532 §4): without,
 * the message would go on to hosts that take the address for another, or for none.
 */
export function judgeOriginators(
  { name: field, mailboxes }: Originators,
  by: { readonly name: string; readonly rules: readonly SenderRule[]; readonly smtpUtf8: boolean },
): Refused | undefined {
  const stranger = mailboxes.find(({ mailbox }) => !mayUse(by.rules, mailbox));
  if (stranger) return refuse(550, '5.7.1', `${by.name} may not send as ${stranger.mailbox.text} (${field} field)`);
  return !by.smtpUtf8 && mailboxes.some(isBeyondAscii)
    ? refuse(550, '5.6.7', `The ${field} field has an address beyond ASCII: write its domain as xn--, or send SMTPUTF8`)
    : undefined;
}

export function refuse(code: number, enhanced: `${2 | 4 | 5}.${number}.${number}`, text: string): Refused {
  return { kind: 'refused', reply: reply(code, enhanced, text) };
}

function isBeyondAscii({ written }: NamedMailbox): boolean {
  return !isAscii(Buffer.from(written));
}
