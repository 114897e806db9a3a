import { type Domain, parseDomain } from '@postern/smtp';
import type { Recipient } from '@postern/smtp-server';

/** Where a recipient's mail goes, with the domain in canonical form. */
export interface ForwardTo {
  readonly text: string;
  readonly domain: string;
}

/**
 * The forward-path of a recipient. Only the right-most domain decides: what looks like a route inside a local-part
 * (`a%b`, `b!a`) is the receiver's business (RFC 5321 §3.6.1, §5). `<Postmaster>` is the one of our own name (§4.5.1).
 */
export function forwardPathOf({ forwardPath }: Recipient, hostname: string): ForwardTo {
  const { mailbox } = forwardPath;
  if (mailbox) return { text: mailbox.text, domain: mailbox.domain };
  const domain: Domain | undefined = parseDomain(hostname);
  return { text: `postmaster@${domain ?? hostname}`, domain: domain ?? hostname };
}
