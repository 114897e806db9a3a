import { formatDate, formatField, formatReceived, receivedProtocol } from '@postern/message';
import type { Client } from '@postern/smtp-server';

/** The fields that we put above a content: Received always, Date and Message-ID where they are missing (RFC 6409 §8.2, §8.3). */
export function traceFields(about: {
  readonly client: Client;
  readonly authenticated: boolean;
  readonly hostname: string;
  readonly id: string;
  readonly onlyForwardPath: string | undefined;
  readonly date: Date;
  readonly missing: { readonly date: boolean; readonly messageId: boolean };
}): Buffer {
  const { client, hostname, id, date } = about;
  const received = formatReceived({
    from: { name: client.name ?? 'unknown', address: client.address },
    by: hostname,
    with: receivedProtocol({
      esmtp: client.esmtp,
      encrypted: client.tls !== undefined,
      authenticated: about.authenticated,
    }),
    tls: client.tls,
    id,
    for: about.onlyForwardPath,
    date,
  });
  const added = [
    about.missing.messageId ? formatField('Message-ID', ownMessageId(id, hostname)) : '',
    about.missing.date ? formatField('Date', formatDate(date)) : '',
  ];
  return Buffer.from(received + added.join(''), 'latin1');
}

/** The Message-ID of a message that came without one. */
export function ownMessageId(id: string, hostname: string): string {
  return `<${id}@${hostname}>`;
}
