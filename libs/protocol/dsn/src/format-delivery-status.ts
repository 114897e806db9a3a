import { formatDate, formatField } from '@postern/message';
import type { RecipientStatus } from './delivery-status.ts';
import type { Dsn } from './format-dsn.ts';

/** The machine part (RFC 3464 §2): fields of the message, then of each recipient. */
export function formatDeliveryStatus(dsn: Dsn): string {
  const perMessage = [
    ...(dsn.envelopeId === undefined ? [] : [line('Original-Envelope-Id', dsn.envelopeId)]),
    line('Reporting-MTA', `dns; ${dsn.hostname}`),
    line('Arrival-Date', formatDate(dsn.arrivalDate)),
  ];
  return [perMessage, ...dsn.recipients.map((recipient) => fieldsOf(recipient))]
    .map((fields) => fields.join(''))
    .join('\r\n');
}

function fieldsOf(recipient: RecipientStatus): readonly string[] {
  const { orcpt, finalRecipient, action, status, remoteMta, diagnostic, lastAttempt, willRetryUntil } = recipient;
  return [
    ...(orcpt === undefined ? [] : [line('Original-Recipient', originalRecipient(orcpt))]),
    finalRecipientLine(finalRecipient),
    line('Action', action),
    line('Status', status),
    ...(remoteMta === undefined ? [] : [line('Remote-MTA', `dns; ${remoteMta}`)]),
    // RFC 3464 §2.3.6: the reply as it was.
    ...(diagnostic === undefined
      ? []
      : [line('Diagnostic-Code', `${diagnostic.type}; ${diagnostic.text.replace(/\s+/g, ' ')}`)]),
    ...(lastAttempt === undefined ? [] : [line('Last-Attempt-Date', formatDate(lastAttempt))]),
    ...(willRetryUntil === undefined ? [] : [line('Will-Retry-Until', formatDate(willRetryUntil))]),
  ];
}

/** RFC 3461 §5.2.1: the address type and the decoded address; xtext is for the command line. */
function originalRecipient(orcpt: string): string {
  const at = orcpt.indexOf(';');
  return at === -1 ? `rfc822; ${orcpt}` : `${orcpt.slice(0, at)}; ${orcpt.slice(at + 1)}`;
}

/** RFC 6533 §3: an address beyond ASCII stands as it is, in a part whose type says so. */
function finalRecipientLine(address: string): string {
  if (!/[^\0-\x7f]/.test(address)) return line('Final-Recipient', `rfc822; ${address}`);
  return `Final-Recipient: utf-8; ${address.replace(/\p{Cc}/gu, '?')}\r\n`;
}

function line(name: string, value: string): string {
  return formatField(name, value);
}
