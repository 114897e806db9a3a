import { encodeWords, formatDate, formatField } from '@postern/message';
import type { RecipientStatus } from './delivery-status.ts';
import { formatDeliveryStatus } from './format-delivery-status.ts';

/** A DSN to be written: one event of one message, whatever the number of its recipients. */
export interface Dsn {
  readonly hostname: string;
  /** Whom it goes to. */
  readonly to: string;
  readonly subject: string;
  readonly date: Date;
  /** With its brackets. */
  readonly messageId: string;
  /** What happened, in plain words; lines end in LF. */
  readonly text: string;
  readonly envelopeId?: string | undefined;
  readonly arrivalDate: Date;
  readonly recipients: readonly RecipientStatus[];
  readonly original: OriginalPart | undefined;
  /** The message that it is about, for those who thread mail; with its brackets. */
  readonly inReplyTo?: string | undefined;
}

/** What is returned of the message (RFC 3461 §4.3): all of it, or its header section. */
export interface OriginalPart {
  readonly kind: 'full' | 'headers';
  readonly octets: Buffer;
}

/** Lines of a returned part have at most so many octets (RFC 5322 §2.1.1). */
const MAX_LINE = 998;

/**
 * Writes a DSN (RFC 3464, RFC 6522): content as it is sent, below the trace fields.
 *
 * It says of itself that it was sent by a machine (RFC 3834 §5), so nobody answers it. Where an address or the returned
 * header is beyond ASCII, the parts are those of RFC 6533.
 */
export function formatDsn(dsn: Dsn): {
  readonly octets: Buffer;
  readonly smtpUtf8: boolean;
  readonly eightBit: boolean;
} {
  const boundary = `postern-${dsn.messageId.replace(/[^A-Za-z0-9-]/g, '').slice(0, 40)}`;
  const addresses = [dsn.to, ...dsn.recipients.map(({ finalRecipient }) => finalRecipient)];
  const isGlobal = addresses.some((address) => /[^\0-\x7f]/.test(address)) || isBeyondAscii(headerOf(dsn.original));
  const parts = [
    part(
      [
        field('Content-Type', 'text/plain; charset=utf-8'),
        ...bodyEncoding(dsn.text),
        field('Content-Description', 'Notification'),
      ],
      Buffer.from(crlf(dsn.text)),
    ),
    part(
      [
        field('Content-Type', isGlobal ? 'message/global-delivery-status; charset=utf-8' : 'message/delivery-status'),
        ...(isGlobal ? [field('Content-Transfer-Encoding', '8bit')] : []),
        field('Content-Description', 'Delivery report'),
      ],
      Buffer.from(formatDeliveryStatus(dsn)),
    ),
    ...(dsn.original ? [returned(dsn.original, isGlobal)] : []),
  ];
  const close = Buffer.from(`--${boundary}--\r\n`);
  const octets = Buffer.concat([
    Buffer.from(header(dsn, boundary, isGlobal), 'utf8'),
    ...parts.flatMap((each) => [Buffer.from(`--${boundary}\r\n`), each, Buffer.from('\r\n')]),
    close,
  ]);
  return { octets, smtpUtf8: /[^\0-\x7f]/.test(dsn.to), eightBit: isBeyondAscii(octets) };
}

function header(dsn: Dsn, boundary: string, isGlobal: boolean): string {
  const to = /[^\0-\x7f]/.test(dsn.to)
    ? `To: <${dsn.to.replace(/[\p{Cc}<>]/gu, '?')}>\r\n`
    : field('To', `<${dsn.to}>`);
  return [
    field('From', `Mail Delivery System <MAILER-DAEMON@${dsn.hostname}>`),
    to,
    field('Subject', encodeWords(dsn.subject)),
    field('Date', formatDate(dsn.date)),
    field('Message-ID', dsn.messageId),
    ...(dsn.inReplyTo ? [field('In-Reply-To', dsn.inReplyTo), field('References', dsn.inReplyTo)] : []),
    field('Auto-Submitted', 'auto-replied'),
    field('MIME-Version', '1.0'),
    field(
      'Content-Type',
      `multipart/report; report-type=${isGlobal ? 'global-delivery-status' : 'delivery-status'}; boundary="${boundary}"`,
    ),
    '\r\nThis is a MIME-encapsulated message.\r\n\r\n',
  ].join('');
}

function returned({ kind, octets }: OriginalPart, isGlobal: boolean): Buffer {
  const eightBit = isBeyondAscii(octets);
  const type = isGlobal
    ? { full: 'message/global', headers: 'message/global-headers' }
    : { full: 'message/rfc822', headers: 'text/rfc822-headers' };
  const fields = [
    field('Content-Type', type[kind]),
    ...(eightBit ? [field('Content-Transfer-Encoding', '8bit')] : []),
    field('Content-Description', kind === 'full' ? 'Undelivered message' : 'Undelivered message header'),
  ];
  return part(fields, wrapped(octets));
}

/** A part that has a line of its own boundary cannot come from a content: the boundary holds our message's random id. */
function part(fields: readonly string[], body: Buffer): Buffer {
  const end = body.subarray(-2).equals(Buffer.from('\r\n')) ? '' : '\r\n';
  return Buffer.concat([Buffer.from(`${fields.join('')}\r\n`), body, Buffer.from(end)]);
}

function bodyEncoding(text: string): readonly string[] {
  return /[^\0-\x7f]/.test(text) ? [field('Content-Transfer-Encoding', '8bit')] : [];
}

function field(name: string, value: string): string {
  return formatField(name, value);
}

function crlf(text: string): string {
  return text.replace(/\r?\n/g, '\r\n');
}

/** The header section of what is returned. */
function headerOf(original: OriginalPart | undefined): Buffer {
  if (!original) return Buffer.alloc(0);
  const end = original.octets.indexOf('\r\n\r\n');
  return end === -1 ? original.octets : original.octets.subarray(0, end);
}

function isBeyondAscii(octets: Buffer): boolean {
  for (const octet of octets) if (octet > 0x7f) return true;
  return false;
}

/** What came in with longer lines than may be sent goes back with shorter ones. */
function wrapped(octets: Buffer): Buffer {
  const lines: Buffer[] = [];
  let start = 0;
  let changed = false;
  while (start < octets.length) {
    const end = octets.indexOf('\r\n', start);
    const stop = end === -1 ? octets.length : end + 2;
    for (let at = start; at < stop;) {
      const isLong = stop - at > MAX_LINE + 2;
      const to = isLong ? at + MAX_LINE : stop;
      lines.push(octets.subarray(at, to));
      if (isLong) {
        lines.push(Buffer.from('\r\n'));
        changed = true;
      }
      at = to;
    }
    start = stop;
  }
  return changed ? Buffer.concat(lines) : octets;
}
