import type { MessageId } from './message-id.ts';
import type { QueueId } from './delivery-queue.ts';
import type { MessageRequests, RecipientRequests } from './requests.ts';

/** How mail can come in: by a listener, or as a DSN or notice of our own. */
export type ListenerKind = 'submission' | 'submissions' | 'relay' | 'internal';

/** A message as it is handed to the store: the envelope, what is known of its origin, and its content. */
export interface NewMessage extends MessageRequests {
  readonly id: MessageId;
  readonly acceptedAt: Date;
  /** The reverse-path without its brackets; empty for the null reverse-path. */
  readonly reversePath: string;
  readonly recipients: readonly NewRecipient[];
  readonly origin: Origin;
  /** Octets of content with the trace fields, as they will be sent (before dot-stuffing). */
  readonly sizeOctets: number;
  /** What the content needs of the next hop (RFC 6152). */
  readonly body: '7BIT' | '8BITMIME';
  /** Whether the content or the envelope needs SMTPUTF8 (RFC 6531). */
  readonly smtpUtf8: boolean;
  /** The header From as one line, the Subject and the Message-ID, bounded, for operators to find the message by. */
  readonly headerFrom: string;
  readonly subject: string;
  readonly messageIdField: string;
  /** The fields that we put above the content: Received and what else was added at acceptance. */
  readonly traceFields: Buffer;
  /** It is held from its acceptance on, until an operator releases it. */
  readonly held?: boolean;
  readonly content: NewContent;
}

export interface NewRecipient extends RecipientRequests {
  /** The forward-path without its brackets, as the client gave it. */
  readonly forwardPath: string;
  /** The domain in its canonical form (lower case, A-labels), or an address literal with its brackets. */
  readonly domain: string;
  /** Where the recipient waits; UNRESOLVED_QUEUE when no route or known site takes it. */
  readonly queueId: QueueId;
  /** Why it is not sent to: it ends as suppressed when it is accepted. */
  readonly suppressed?: string | undefined;
}

/** Where a message came from. */
export interface Origin {
  readonly listener: ListenerKind;
  readonly clientAddress: string;
  /** The client's name as EHLO or HELO gave it. */
  readonly clientName: string;
  readonly credentialId: string | undefined;
  readonly networkId: string | undefined;
  /** The TLS version and cipher of the session; undefined in clear. */
  readonly tls: { readonly protocol: string; readonly cipher: string } | undefined;
}

/**
 * The content: whole when it is small, else staged in the store chunk by chunk while it came in
 * (`AcceptStore.stage`), so that no message is held in memory.
 */
export type NewContent =
  { readonly kind: 'inline'; readonly octets: Buffer } | { readonly kind: 'staged'; readonly chunks: number };
