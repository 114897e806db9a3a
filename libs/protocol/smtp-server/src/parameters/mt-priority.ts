import { replies } from '@postern/smtp';
import type { MailParameter } from './mail-parameters.ts';

/** MT-PRIORITY= from -9 to 9; 0 is normal (RFC 6710 §3, §4.1). */
export const mtPriorityParameter: MailParameter = (value) =>
  value !== undefined && /^(?:0|-?[1-9])$/.test(value)
    ? { kind: 'read', says: { priority: Number(value) } }
    : { kind: 'refused', reply: replies.malformedArgument('Expected MT-PRIORITY= and a number from -9 to 9') };
