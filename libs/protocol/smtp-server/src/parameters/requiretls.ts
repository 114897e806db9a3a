import { replies } from '@postern/smtp';
import type { MailParameter } from './mail-parameters.ts';

/** REQUIRETLS wants the message to travel over verified TLS only (RFC 8689 §4.1). It has no value, and is known under TLS only (§2). */
export const requireTlsParameter: MailParameter = (value, { client }) => {
  if (!client.tls) return undefined;
  if (value === undefined) return { kind: 'read', says: { requireTls: true } };
  return { kind: 'refused', reply: replies.malformedArgument('REQUIRETLS takes no value') };
};
