import { decodeXtext, parseMailbox, replies } from '@postern/smtp';
import type { MailParameter } from './mail-parameters.ts';

/**
 * AUTH= names who first submitted the message (RFC 4954 §5). Who submits here has shown who it is, so what it says of
 * another is read, and not believed.
 */
export const authParameter: MailParameter = (value) => {
  const mailbox = value === undefined ? undefined : decodeXtext(value);
  if (value === '<>' || (mailbox !== undefined && parseMailbox(mailbox))) return { kind: 'read', says: {} };
  return { kind: 'refused', reply: replies.malformedArgument('Expected AUTH=<> or AUTH= and a mailbox in xtext') };
};
