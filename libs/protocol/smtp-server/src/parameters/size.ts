import { replies } from '@postern/smtp';
import type { MailParameter } from './mail-parameters.ts';

/** SIZE= says beforehand how much content will come (RFC 1870 §6.1); what comes is counted all the same. */
export const sizeParameter: MailParameter = (value, { limits: { maxMessageOctets } }) => {
  if (value === undefined || !/^\d{1,20}$/.test(value)) {
    return { kind: 'refused', reply: replies.malformedArgument('Expected SIZE= and a number of octets') };
  }
  const sizeOctets = Number(value);
  if (sizeOctets > maxMessageOctets) return { kind: 'refused', reply: replies.tooBig(maxMessageOctets) };
  return { kind: 'read', says: { sizeOctets } };
};
