import { formatDate, formatField, formatReceived, receivedProtocol } from '@postern/message';
import type { Client } from '@postern/smtp-server';

/** The fields that we put above a content: Received always, Date and Message-ID where they are missing (RFC 6409 §8.2, §8.3). */
export function traceFields(about: {
  readonly client: Client;
  /** Whether it is named. */
  readonly receivedClient: 'shown' | 'hidden';
  readonly authenticated: boolean;
  readonly smtpUtf8: boolean;
  readonly hostname: string;
  readonly id: string;
  readonly onlyForwardPath: string | undefined;
  readonly date: Date;
  readonly missing: { readonly date: boolean; readonly messageId: boolean };
}): Buffer {
  const { client, hostname, id, date } = about;
  const shown = about.receivedClient === 'shown';
  const received = formatReceived({
    from: shown ? { name: client.name ?? 'unknown', address: client.address } : undefined,
    by: hostname,
    with: receivedProtocol({
      esmtp: client.esmtp,
      encrypted: client.tls !== undefined,
      authenticated: about.authenticated,
      smtpUtf8: about.smtpUtf8,
    }),
    tls: shown ? client.tls : undefined,
    id,
    // RFC 6532 §3.2 lets it stand there in UTF-8; left out, the field does not make the message need SMTPUTF8.
    for: isAscii(about.onlyForwardPath ?? '') ? about.onlyForwardPath : undefined,
    date,
  });
  const added = [
    about.missing.messageId ? formatField('Message-ID', ownMessageId(id, hostname)) : '',
    about.missing.date ? formatField('Date', formatDate(date)) : '',
  ];
  return Buffer.from(received + added.join(''), 'latin1');
}

function isAscii(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- the whole of ASCII
  return !/[^\0-\x7f]/.test(text);
}

/** The Message-ID of a message that came without one. */
export function ownMessageId(id: string, hostname: string): string {
  return `<${id}@${hostname}>`;
}
