import { formatDsn, type OriginalPart, type RecipientStatus } from '@postern/dsn';
import { formatReceived } from '@postern/message';
import { newMessageId, type NewMessage, UNRESOLVED_QUEUE } from '@postern/queue';
import { parseMailbox } from '@postern/smtp';
import type { DueMessage, DueRecipient } from './bounce-store.ts';
import { explain } from './explain.ts';

const SUBJECTS = {
  failed: 'Not delivered',
  returned: 'Not delivered',
  delayed: 'Not delivered yet',
  succeeded: 'Handed on',
} as const;
const ACTIONS = { failed: 'failed', returned: 'failed', delayed: 'delayed', succeeded: 'relayed' } as const;

/** The DSN about an event of a message, as an ordinary message of our own; undefined when there is nobody to send it to. */
export function composeDsn(
  due: DueMessage,
  recipients: readonly DueRecipient[],
  about: {
    readonly event: DueRecipient['event'];
    readonly to: string;
    readonly hostname: string;
    readonly now: Date;
    readonly retryUntil: Date | undefined;
  },
): NewMessage | undefined {
  const to = parseMailbox(about.to, { smtpUtf8: true });
  if (!to) return undefined;
  const { event, hostname, now } = about;
  const id = newMessageId(now.getTime());
  const messageId = `<${id}@${hostname}>`;
  const subject = `${SUBJECTS[event]}: ${due.subject || '(no subject)'}`.slice(0, 200);
  const dsn = formatDsn({
    hostname,
    to: to.text,
    subject,
    date: now,
    messageId,
    text: explain(due, recipients, about),
    envelopeId: due.envid,
    arrivalDate: due.acceptedAt,
    recipients: recipients.map((recipient) => statusOf(recipient, about.retryUntil)),
    original: originalOf(due, event),
    inReplyTo: /^<[!-;=?-~]+@[!-;=?-~]+>$/.test(due.messageIdField) ? due.messageIdField : undefined,
  });
  const trace = formatReceived({
    from: undefined,
    by: hostname,
    with: 'SMTP',
    tls: undefined,
    id,
    for: undefined,
    date: now,
  });
  const traceFields = Buffer.from(trace, 'latin1');
  return {
    id,
    acceptedAt: now,
    // RFC 3461 §6.1: null, so that nothing ever comes back about it.
    reversePath: '',
    recipients: [{ forwardPath: to.text, domain: to.domain, queueId: UNRESOLVED_QUEUE }],
    origin: {
      listener: 'internal',
      clientAddress: '',
      clientName: hostname,
      credentialId: undefined,
      networkId: undefined,
      tls: undefined,
    },
    sizeOctets: traceFields.length + dsn.octets.length,
    body: dsn.eightBit ? '8BITMIME' : '7BIT',
    smtpUtf8: dsn.smtpUtf8,
    headerFrom: `Mail Delivery System <MAILER-DAEMON@${hostname}>`,
    subject,
    messageIdField: messageId,
    traceFields,
    content: { kind: 'inline', octets: dsn.octets },
  };
}

function statusOf(
  { forwardPath, orcpt, event, attempt, state }: DueRecipient,
  retryUntil: Date | undefined,
): RecipientStatus {
  const reply = attempt?.reply;
  return {
    finalRecipient: forwardPath,
    orcpt,
    action: ACTIONS[event],
    status: enhancedOf(event, state, reply),
    remoteMta: reply?.from === 'remote' ? attempt?.host : undefined,
    diagnostic: reply && {
      type: reply.from === 'remote' ? 'smtp' : 'x-postern',
      text: [reply.code, reply.enhanced, reply.text].filter((part) => part !== undefined && part !== '').join(' '),
    },
    lastAttempt: attempt?.at,
    willRetryUntil: retryUntil,
  };
}

/** RFC 3463: of the class that the event has. What was given up for its time is 4.4.7, whatever was said last. */
function enhancedOf(
  event: DueRecipient['event'],
  state: DueRecipient['state'],
  reply: { readonly enhanced: string | undefined } | undefined,
): string {
  if (state === 'expired') return '4.4.7';
  const wanted = { failed: '5', returned: '5', delayed: '4', succeeded: '2' }[event];
  return reply?.enhanced?.startsWith(wanted) ? reply.enhanced : `${wanted}.0.0`;
}

/** RFC 3461 §4.3, §6.2: the whole only of a failure and when it was asked for; else the header section. */
function originalOf(
  { content, contentIsWhole, ret }: DueMessage,
  event: DueRecipient['event'],
): OriginalPart | undefined {
  if (!content) return undefined;
  if (ret === 'FULL' && event === 'failed' && contentIsWhole) return { kind: 'full', octets: content };
  const border = content.indexOf('\r\n\r\n');
  const end = border === -1 ? content.lastIndexOf('\r\n') : border;
  return end < 0 ? undefined : { kind: 'headers', octets: content.subarray(0, end + 2) };
}
