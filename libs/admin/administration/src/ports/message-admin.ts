import type { Attempt, MessageDetail, MessageSummary, Recipient, Order } from '@postern/admin-contract';
import type { MessageId, QueueId } from '@postern/queue';
import type { MessageCondition } from '../message/message-query.ts';
import type { Slice } from './admin-store.ts';

/** Messages, read. */
export interface MessageReads {
  /** Messages that meet every condition, by when they were accepted. */
  findMessages(query: MessageSlice): Promise<FoundMessages>;

  /** A message without the pages of its recipients and attempts. */
  showMessage(id: MessageId): Promise<Omit<MessageDetail, 'recipientPage' | 'attemptPage'> | undefined>;

  /** Recipients of a message by id, which is the order of the envelope. */
  listRecipients(id: MessageId, slice: Slice<string>): Promise<readonly Recipient[]>;

  /**
   * One chunk of the content of a message, the first with the trace fields before it; undefined when there is no such
   * message, no such chunk, or its content is gone.
   */
  contentChunk(id: MessageId, chunk: number): Promise<Uint8Array | undefined>;

  /** Attempts of a message, or of one of its recipients, by id, the latest first. */
  listAttempts(id: MessageId, query: AttemptSlice): Promise<readonly Attempt[]>;
}

export interface FoundMessages {
  readonly messages: readonly MessageSummary[];
  /** Set when the search stopped for now before it had as many as were asked for: the last message that was looked at. */
  readonly searchedTo: MessageId | undefined;
}

export interface MessageSlice extends Slice<MessageId> {
  /** The latest first where it is not said. */
  readonly order?: Order;
  readonly conditions: readonly MessageCondition[];
}

export interface AttemptSlice extends Slice<string> {
  readonly recipientId: string | undefined;
}

/**
 * What operators do to recipients; each moves those that are in a state for it, and leaves the others.
 *
 * `hold`: `queued` and `deferred` to `held`. `release`: `held` back to `queued`, or to `deferred` and due now when an attempt
 * was made. `retry`: what is `deferred` becomes due now. `reroute`: what waits or is held goes to another delivery queue, due
 * at once. `cancel`, `bounce`, `expire`: what waits or is held ends; the content goes with the last recipient.
 */
export type RecipientMove =
  | { readonly kind: 'hold' | 'release' | 'retry' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'reroute'; readonly queueId: QueueId }
  | { readonly kind: 'bounce' | 'expire'; readonly reply: OperatorReply };

/** What the sender hears when an operator ends a recipient. */
export interface OperatorReply {
  readonly code: number;
  readonly enhanced: string;
  readonly text: string;
}

/** Messages, commanded. */
export interface MessageChanges {
  moveMessage(id: MessageId, move: RecipientMove): Promise<Moved>;
}

export interface Moved {
  readonly recipients: number;
  /** The queues in which something may be due now. */
  readonly queues: readonly QueueId[];
}
