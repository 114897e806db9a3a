import type { DeliveryQueue, QueueId } from './delivery-queue.ts';
import type { MessageId } from './message-id.ts';
import type { AttemptOutcome } from './outcome.ts';
import type { MessageRequests, RecipientRequests } from './requests.ts';

/** What delivering needs of the store. The store's own clock decides what is due and what a lease is worth. */
export interface DeliveryStore {
  /**
   * Claims due recipients of a queue: moves them to `sending` under a new lease, and counts the attempt, before
   * anything is dialled. Claims at least `limit` recipients where so many are due; the due recipients of one message
   * come together. Rows that another lane is claiming are skipped, not waited for.
   */
  claim(request: ClaimRequest): Promise<Claim>;

  /** Prolongs a lease by `leaseMs` from now. False: the lease had ended, and its recipients are no longer ours. */
  prolong(leaseToken: string, leaseMs: number): Promise<boolean>;

  /**
   * Records outcomes, in one transaction: moves each recipient if it is still `sending` under the outcome's lease,
   * writes its attempt, and removes the content of messages whose last recipient has ended.
   * Answers the ids of the recipients that were moved; one that is missing had lost its lease (its attempt is written all the same).
   */
  record(outcomes: readonly AttemptOutcome[]): Promise<ReadonlySet<string>>;

  /** Hands recipients back that were claimed and never attempted: to `queued` or `deferred`, due at once, the attempt not counted. */
  handBack(leaseToken: string, recipientIds: readonly string[]): Promise<void>;

  /** Hands recipients back in the same way, due at some time. */
  postpone(leaseToken: string, recipientIds: readonly string[], dueAt: Date): Promise<void>;

  /** The content of a message in order, chunk by chunk, without holding it whole. */
  readContent(id: MessageId): AsyncIterable<Buffer>;

  /**
   * The queues in which something is due now, and since when the oldest of it is; all of them, or some. Those that are
   * suspended or rest are left out.
   */
  dueQueues(among?: readonly QueueId[]): Promise<readonly DueQueue[]>;

  /**
   * Messages that wait although they were to be returned by now (RFC 2852), or noted as overdue; some of them, by queue:
   * whether it rests, is suspended or not.
   */
  lateMail(): Promise<LateLook>;

  /** Notes, for `lateMail`, what waits although it was accepted longer ago than mail of its credential is of use. Some of it, and with the next look more. */
  noteOverdue(giveUpAfterMs: ReadonlyMap<string, number>): Promise<void>;

  /** When messages are late that `lateMail` found too early; undefined: never. */
  lookAgain(messages: readonly { readonly id: MessageId; readonly at: Date | undefined }[]): Promise<void>;

  /** Moves recipients whose lease has ended to `deferred`, marked as maybe delivered, due at once; answers how many. */
  recoverLostLeases(): Promise<number>;

  queue(id: QueueId): Promise<DeliveryQueue | undefined>;

  /**
   * Remembers that a domain is served by a site until `freshUntil`, making the site's queue when there is none yet;
   * answers the queue's id.
   */
  rememberSite(site: { readonly domain: string; readonly key: string; readonly freshUntil: Date }): Promise<QueueId>;

  /** Moves recipients that we hold the lease of to another queue, due at once, the attempt not counted. */
  reassign(
    leaseToken: string,
    moves: readonly { readonly recipientId: string; readonly queueId: QueueId }[],
  ): Promise<void>;
}

export interface ClaimRequest {
  readonly queueId: QueueId;
  /** Which lane claims: one above its queue's pace gets nothing. */
  readonly lane?: number;
  readonly limit: number;
  /** What goes first: what is due longest, or some of the latest mail of each credential, so that nobody waits for another's backlog. */
  readonly turn?: 'oldest' | 'each credential';
  /** Only what was accepted before, even while the queue rests: it is to be given up. */
  readonly acceptedBefore?: Date;
  /** Only these messages, due or not, even while the queue rests or is suspended: they are to be returned. */
  readonly late?: readonly MessageId[];
  readonly leaseMs: number;
  /** Contents up to this size come with the claim; larger ones are read with `readContent`. */
  readonly inlineOctets: number;
}

export interface LateLook {
  readonly mail: readonly LateMail[];
  /** Whether there may be more. */
  readonly full: boolean;
}

export interface LateMail {
  readonly queueId: QueueId;
  readonly messageIds: readonly MessageId[];
}

export interface Claim {
  readonly leaseToken: string;
  readonly messages: readonly ClaimedMessage[];
  /** How many recipients were claimed. */
  readonly recipients: number;
  /** Whether more may be due: the claim was full. */
  readonly full: boolean;
}

export interface ClaimedMessage extends MessageRequests {
  readonly id: MessageId;
  /** By the store's clock as it goes now: were it set since, this is what it would have shown. */
  readonly acceptedAt: Date;
  /** The time by the store's clock, which decides what is due; not by the clock of this process, which may be wrong. */
  readonly now?: () => Date;
  /** The queue that it was claimed from. */
  readonly queueId?: QueueId;
  readonly credentialId?: string | undefined;
  /** Empty for the null reverse-path. */
  readonly reversePath: string;
  readonly sizeOctets: number;
  readonly body: '7BIT' | '8BITMIME';
  readonly smtpUtf8: boolean;
  readonly traceFields: Buffer;
  /** The content below the trace fields, when it came with the claim. */
  readonly content: Buffer | undefined;
  readonly recipients: readonly ClaimedRecipient[];
}

export interface ClaimedRecipient extends RecipientRequests {
  readonly id: string;
  readonly forwardPath: string;
  readonly domain: string;
  /** Which attempt this is, from 1. */
  readonly attempt: number;
}

export interface DueQueue {
  readonly id: QueueId;
  readonly oldestDueAt: Date;
}
