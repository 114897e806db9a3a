import type { DialTarget, MailHostConnection, Transaction } from '@postern/smtp-client';
import { createDialer, type DialerOptions } from '../dialer.ts';

/** An open session with a host of the lab. */
export async function dialled(
  host: { readonly address: string; readonly port: number },
  options: Partial<DialerOptions> = {},
  changes: Partial<DialTarget> = {},
): Promise<MailHostConnection> {
  const dialer = createDialer({ localName: 'us.example.org', ...options });
  const { address, port } = host;
  const target = { host: 'mx.example.com', address, port, demand: { kind: 'opportunistic' }, ...changes } as const;
  const end = await dialer.dial(target);
  if (end.kind === 'refused') throw new Error(`not connected: ${JSON.stringify(end.refusal)}`);
  return end.connection;
}

const HEAD = Buffer.from('Received: from somewhere\r\n');

/** A message with this content below its head. */
export function mail(
  octets: Buffer | string = 'Subject: x\r\n\r\nhello\r\n',
  changes: Partial<Transaction> = {},
): Transaction {
  const below = Buffer.from(octets);
  return {
    reversePath: 'a@example.org',
    recipients: ['b@example.com'],
    sizeOctets: HEAD.length + below.length,
    body: '8BITMIME',
    smtpUtf8: false,
    content: { head: HEAD, octets: below },
    ...changes,
  };
}

/** The same message, its content as a stream of such pieces. */
export function streamed(octets: Buffer, pieceOctets: number, changes: Partial<Transaction> = {}): Transaction {
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let from = 0; from < octets.length; from += pieceOctets) yield octets.subarray(from, from + pieceOctets);
  }
  return mail(octets, { content: { head: HEAD, stream: pieces }, ...changes });
}

/** What a host must have received. */
export function whole(transaction: Transaction, octets: Buffer | string): Buffer {
  const all = Buffer.concat([transaction.content.head, Buffer.from(octets)]);
  return all.subarray(-2).equals(Buffer.from('\r\n')) ? all : Buffer.concat([all, Buffer.from('\r\n')]);
}
