import { replies } from '@postern/smtp';
import type { MailParameter } from './mail-parameters.ts';

/** BODY= says what the content is made of (RFC 6152 §2). BINARYMIME would need CHUNKING, which we do not offer (RFC 3030 §3). */
export const bodyParameter: MailParameter = (value) => {
  const body = value?.toUpperCase();
  if (body === '7BIT' || body === '8BITMIME') return { kind: 'read', says: { body } };
  return { kind: 'refused', reply: replies.malformedArgument('Expected BODY=7BIT or BODY=8BITMIME') };
};
