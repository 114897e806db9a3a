import type { Attempt, MessageDetail, MessageSummary, Recipient } from '@postern/admin-contract';
import type { MessageId, QueueId } from '@postern/queue';
import type { MessageCondition } from '../message/message-query.ts';
import type { Slice } from './admin-store.ts';

/** Messages, read. */
export interface MessageReads {
  /** Messages that meet every condition, the latest first. */
  findMessages(query: MessageSlice): Promise<readonly MessageSummary[]>;

  /** A message without the pages of its recipients and attempts. */
  showMessage(id: MessageId): Promise<Omit<MessageDetail, 'recipientPage' | 'attemptPage'> | undefined>;

  /** Recipients of a message by id, which is the order of the envelope. */
  listRecipients(id: MessageId, slice: Slice<string>): Promise<readonly Recipient[]>;

  /** Attempts of a message, or of one of its recipients, by id, the latest first. */
  listAttempts(id: MessageId, query: AttemptSlice): Promise<readonly Attempt[]>;
}

export interface MessageSlice extends Slice<MessageId> {
  readonly conditions: readonly MessageCondition[];
}

export interface AttemptSlice extends Slice<string> {
  readonly recipientId: string | undefined;
}

/** Messages, commanded. Each moves the recipients that are in a state for it, and leaves the others. */
export interface MessageChanges {
  /** `queued` and `deferred` to `held`. */
  holdMessage(id: MessageId): Promise<Moved>;

  /** `held` back to where it was held from: `queued`, or `deferred` and due now when an attempt was made. */
  releaseMessage(id: MessageId): Promise<Moved>;

  /** `queued`, `deferred` and `held` to `cancelled`; the content goes when the last recipient has ended. */
  cancelMessage(id: MessageId): Promise<Moved>;

  /** `deferred` becomes due now. */
  retryMessage(id: MessageId): Promise<Moved>;
}

export interface Moved {
  readonly recipients: number;
  /** The queues in which something may be due now. */
  readonly queues: readonly QueueId[];
}
