import { replies } from '@postern/smtp';
import type { MailParameter } from './mail-parameters.ts';

/** SMTPUTF8 says that paths or header fields may have UTF-8 (RFC 6531 §3.4). It has no value. */
export const smtpUtf8Parameter: MailParameter = (value) =>
  value === undefined
    ? { kind: 'read', says: { smtpUtf8: true } }
    : { kind: 'refused', reply: replies.malformedArgument('SMTPUTF8 takes no value') };
