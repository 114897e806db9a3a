import { type MessageId, type NewContent, type NewMessage, type QueueId, UNRESOLVED_QUEUE } from '@postern/queue';
import type { ContentSummary, Recipient, Transaction } from '@postern/smtp-server';
import type { SubmissionContext } from './context.ts';
import type { AcceptedHeader } from './judge-header.ts';
import { forwardPathOf, type ForwardTo } from './recipient.ts';
import { needsSmtpUtf8, requestsOf } from './requests.ts';
import type { Submitter } from './submitter.ts';
import { ownMessageId, traceFields } from './trace-fields.ts';

/** What is known of a message when all of it has come. */
export interface Complete {
  readonly id: MessageId;
  readonly acceptedAt: Date;
  readonly transaction: Transaction<Submitter>;
  readonly submitter: Submitter;
  readonly header: AcceptedHeader;
}

type ForwardRecipient = Recipient & ForwardTo;

/**
 * The recipients with where their mail goes. Who is named again, and is to be told of the same, is one recipient: two would
 * get the message twice as soon as they are not sent to in one transaction.
 */
export function recipientsOf(
  { recipients }: Pick<Transaction<Submitter>, 'recipients'>,
  { hostname }: Pick<SubmissionContext, 'hostname'>,
): readonly ForwardRecipient[] {
  const each = recipients.map((recipient) => ({ ...recipient, ...forwardPathOf(recipient, hostname) }));
  return each.length === 1 ? each : [...new Map(each.map((recipient) => [sameness(recipient), recipient])).values()];
}

/** What two recipients that are one have in common. Local-parts are compared as they are written (RFC 5321 §2.4). */
function sameness({ text, domain, notify, orcpt }: ForwardRecipient): string {
  return JSON.stringify([text.slice(0, text.lastIndexOf('@')), domain, notify, orcpt]);
}

/** The fields that go above the content, before they are signed. */
export function traceOf(
  { id, acceptedAt, transaction, submitter, header }: Complete,
  recipients: readonly ForwardRecipient[],
  { hostname, receivedClient }: Pick<SubmissionContext, 'hostname' | 'receivedClient'>,
): Buffer {
  const { client, parameters } = transaction;
  const [only, ...others] = recipients;
  return traceFields({
    client,
    receivedClient,
    authenticated: submitter.kind === 'credential',
    smtpUtf8: parameters.smtpUtf8,
    hostname,
    id,
    onlyForwardPath: others.length === 0 ? only?.text : undefined,
    date: acceptedAt,
    missing: { date: !header.hasDate, messageId: header.messageId === undefined },
  });
}

/** The message as it goes to the store. The abuse guard counts it as accepted. */
export function newMessage(
  about: Complete & {
    readonly summary: ContentSummary;
    /** Ours, with the signatures. */
    readonly trace: Buffer;
    readonly recipients: readonly ForwardRecipient[];
    readonly queues: ReadonlyMap<string, QueueId>;
    readonly content: NewContent;
    readonly contentOctets: number;
  },
  { hostname, guard }: Pick<SubmissionContext, 'hostname' | 'guard'>,
): NewMessage {
  const { id, acceptedAt, transaction, submitter, header, recipients, queues, trace } = about;
  const { client, reversePath, parameters } = transaction;
  return {
    id,
    acceptedAt,
    reversePath: reversePath.text,
    recipients: recipients.map(({ text, domain, notify, orcpt }) => ({
      forwardPath: text,
      domain,
      queueId: queues.get(domain) ?? UNRESOLVED_QUEUE,
      notify,
      orcpt,
    })),
    origin: {
      listener: client.listener,
      clientAddress: client.address,
      clientName: client.name ?? '',
      credentialId: submitter.kind === 'credential' ? submitter.credential.id : undefined,
      networkId: submitter.kind === 'network' ? submitter.network.id : undefined,
      tls: client.tls && { protocol: client.tls.protocol, cipher: client.tls.cipher },
    },
    sizeOctets: about.contentOctets + trace.length,
    // What the content is counts, whatever the client declared (RFC 6152 §3).
    body: about.summary.eightBit > 0 ? '8BITMIME' : parameters.body,
    smtpUtf8: needsSmtpUtf8(transaction, header.octets),
    ...requestsOf(transaction, { acceptedAt, tlsOptional: header.tlsOptional }),
    headerFrom: header.from,
    subject: header.subject,
    messageIdField: header.messageId ?? ownMessageId(id, hostname),
    traceFields: trace,
    content: about.content,
    held: guard.holds(submitter, { address: client.address, domains: recipients.map((each) => each.domain) }),
  };
}
