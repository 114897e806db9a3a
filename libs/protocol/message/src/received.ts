import { formatDate } from './date.ts';
import { formatField, harmlessWord } from './format-field.ts';

/** What a Received field says (RFC 5321 §4.4). */
export interface Received {
  /** Left out to keep the client private. */
  readonly from: { readonly name: string; readonly address: string } | undefined;
  readonly by: string;
  readonly with: ReceivedProtocol;
  readonly tls: { readonly protocol: string; readonly cipher: string } | undefined;
  readonly id: string;
  /** The one forward-path, without brackets; to be left out when there are several (RFC 5321 §7.2: it would show a blind copy). */
  readonly for: string | undefined;
  readonly date: Date;
}

/** RFC 3848 §1, RFC 6531 §4.3; the registry of mail transmission types. */
export type ReceivedProtocol = 'SMTP' | `${'ESMTP' | 'UTF8SMTP'}${'' | 'S'}${'' | 'A'}`;

/** A Received field as it goes on top of a content. Every value passes through `harmlessWord`: names are the client's to choose. */
export function formatReceived(received: Received): string {
  const { from, tls } = received;
  const parts = [
    from && `from ${harmlessWord(from.name)} (${addressLiteral(from.address)})`,
    tls && `(using ${harmlessWord(tls.protocol)} with cipher ${harmlessWord(tls.cipher)})`,
    `by ${harmlessWord(received.by)} with ${received.with} id ${harmlessWord(received.id)}`,
    received.for === undefined ? undefined : `for <${forwardPath(received.for)}>`,
  ];
  const clauses = parts.filter((part) => part !== undefined).join(' ');
  return formatField('Received', `${clauses}; ${formatDate(received.date)}`);
}

/** The protocol's name for a transaction: S under TLS, A when authenticated (RFC 3848 §1), UTF8 with SMTPUTF8 (RFC 6531 §4.3). */
export function receivedProtocol(session: {
  readonly esmtp: boolean;
  readonly encrypted: boolean;
  readonly authenticated: boolean;
  readonly smtpUtf8?: boolean;
}): ReceivedProtocol {
  if (!session.esmtp) return 'SMTP';
  return `${session.smtpUtf8 ? 'UTF8SMTP' : 'ESMTP'}${session.encrypted ? 'S' : ''}${session.authenticated ? 'A' : ''}`;
}

function addressLiteral(address: string): string {
  return address.includes(':') ? `[IPv6:${harmlessWord(address)}]` : `[${harmlessWord(address)}]`;
}

/** Quotes are part of a path; what is not printable is not. */
function forwardPath(path: string): string {
  return path.replace(/[^!-~]/g, '?').slice(0, 320);
}
