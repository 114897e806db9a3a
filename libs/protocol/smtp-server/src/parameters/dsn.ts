import { decodeXtext, replies, type Reply } from '@postern/smtp';
import type { MailParameter } from './mail-parameters.ts';

/** RET= says how much of the message a DSN about its failure carries (RFC 3461 §4.3). */
export const retParameter: MailParameter = (value) => {
  const ret = value?.toUpperCase();
  if (ret === 'FULL' || ret === 'HDRS') return { kind: 'read', says: { ret } };
  return refused('Expected RET=FULL or RET=HDRS');
};

/**
 * ENVID= is the sender's own name of the envelope, in xtext (RFC 3461 §4.4): at most 100 characters, and printable ASCII
 * when decoded, since it becomes a line of every DSN.
 */
export const envidParameter: MailParameter = (value) => {
  const envid = value !== undefined && value.length <= MAX_ENVID ? decodeXtext(value) : undefined;
  if (envid !== undefined) return { kind: 'read', says: { envid } };
  return refused('Expected ENVID= and at most 100 characters of printable ASCII in xtext');
};

/** Of what a sender may want to hear (RFC 3461 §4.1). */
export type NotifyOn = 'SUCCESS' | 'FAILURE' | 'DELAY';

/** Reads the value of NOTIFY=; an empty list stands for NEVER. Undefined when it is malformed. */
export function readNotify(value: string | undefined): readonly NotifyOn[] | undefined {
  const words = value?.toUpperCase().split(',');
  if (words?.length === 1 && words[0] === 'NEVER') return [];
  return words?.every(isNotifyOn) ? ORDER.filter((each) => words.includes(each)) : undefined;
}

/**
 * Reads the value of ORCPT=: the address type, a semicolon, and the original address in xtext (RFC 3461 §4.2).
 * Answers it decoded: `rfc822;user+tag@example.org`.
 *
 * An address of type `utf-8` has its own way to write what is not ASCII, and stays as it came (RFC 6533 §3).
 */
export function readOrcpt(value: string | undefined, options: { readonly smtpUtf8: boolean }): string | undefined {
  if (value === undefined || value.length > MAX_ORCPT) return undefined;
  const [, type = '', address = ''] = /^([A-Za-z0-9!#$%&'*+\-/?^_`{|}~]+);(.+)$/.exec(value) ?? [];
  if (type.toLowerCase() === 'utf-8') {
    const form = options.smtpUtf8 ? UTF8_ADDRESS : UTF8_ADDRESS_AS_ASCII;
    return form.test(address) ? value : undefined;
  }
  const decoded = address === '' ? undefined : decodeXtext(address);
  return decoded === undefined ? undefined : `${type};${decoded}`;
}

const ORDER = ['SUCCESS', 'FAILURE', 'DELAY'] as const;
const MAX_ENVID = 100;
const MAX_ORCPT = 500;
// RFC 6533 §3: QCHAR, or \x{20AC}; with SMTPUTF8 also UTF-8 itself, though no control characters.
const UTF8_ADDRESS_AS_ASCII = /^(?:[!-*,-<>-[\]-~]|\\x\{[0-9A-Fa-f]{2,6}\})+$/;
const UTF8_ADDRESS = /^(?:[!-*,-<>-[\]-~\u00a0-\ud7ff\ue000-\ufffc\u{10000}-\u{10ffff}]|\\x\{[0-9A-Fa-f]{2,6}\})+$/u;

function isNotifyOn(word: string): word is NotifyOn {
  return ORDER.some((each) => each === word);
}

function refused(says: string): { readonly kind: 'refused'; readonly reply: Reply } {
  return { kind: 'refused', reply: replies.malformedArgument(says) };
}
