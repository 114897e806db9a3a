import type { Reply } from '@postern/smtp';

/**
 * Whether a reply to RCPT says that the transaction has too many recipients, and nothing about this one (RFC 5321
 * §4.5.3.1.10; RFC 3463 §3.6, X.5.3). `552 5.2.2 Mailbox full` is no such reply.
 */
export function isTooManyRecipients({ code, enhanced, lines }: Reply): boolean {
  if (code !== 452 && code !== 552) return false;
  if (enhanced !== undefined && enhanced.endsWith('.5.3')) return true;
  return /too many (?:recipients|rcpt)|recipient limit|maximum (?:number of )?recipients/i.test(lines.join(' '));
}
