import type { BounceClass } from '@postern/bounce';
import type { MessageId, NewMessage, NotifyOn, RecipientState, RecordedReply } from '@postern/queue';

/** What reporting needs of the store. */
export interface BounceStore {
  /**
   * Does what is due because of how attempts ended: asks `decide` about each message, and does what it says in the
   * transaction that removes the work, so each DSN is accepted once, whatever crashes. `sign` is asked about each DSN before.
   * One process at a time; answers how many messages were looked at, and how many DSNs were accepted.
   */
  doWork(
    decide: (due: DueMessage) => Decision,
    limit: number,
    sign?: (dsn: NewMessage) => Promise<NewMessage>,
  ): Promise<{ readonly messages: number; readonly dsns: number }>;

  /** Lifts the suppressions that a later delivery proves wrong, and forgets those that have expired; answers how many. */
  liftSuppressions(): Promise<number>;

  /** Adds what was appended to the rates up. */
  foldOutcomes(): Promise<void>;

  /** Writes down what waits now, once a minute at most. */
  measureDepth(): Promise<void>;

  /** Raises events where the rates of the last hour pass a threshold. */
  watchRates(): Promise<void>;
}

/** A message about some recipients of which something is to be done. */
export interface DueMessage {
  readonly id: MessageId;
  readonly acceptedAt: Date;
  readonly releaseAt: Date | undefined;
  /** Empty for the null reverse-path. */
  readonly reversePath: string;
  readonly smtpUtf8: boolean;
  readonly ret: 'FULL' | 'HDRS' | undefined;
  readonly envid: string | undefined;
  readonly subject: string;
  readonly messageIdField: string;
  /** To whom DSNs go: `reverse-path`, `off`, or an address. */
  readonly dsnTo: string;
  /** How many of its recipients are being sent, or were not attempted yet. */
  readonly unsettled: number;
  readonly recipients: readonly DueRecipient[];
  /** The front of the message as it was sent, as much as was read; undefined when it is gone. */
  readonly content: Buffer | undefined;
  /** Whether that is all of it. */
  readonly contentIsWhole: boolean;
}

export interface DueRecipient {
  readonly number: number;
  /** `returned`: it had been delivered, and a report came back to a return-path that we signed. */
  readonly event: 'failed' | 'delayed' | 'succeeded' | 'returned';
  readonly since: Date;
  readonly forwardPath: string;
  readonly state: RecipientState;
  readonly notify: readonly NotifyOn[] | undefined;
  readonly orcpt: string | undefined;
  /** The last attempt; of what was returned, what the report says. */
  readonly attempt:
    | {
        readonly at: Date;
        readonly reply: RecordedReply;
        readonly stage: string;
        readonly host: string | undefined;
        readonly class: BounceClass | undefined;
      }
    | undefined;
}

export type Decision =
  | { readonly kind: 'wait'; readonly forMs: number }
  | { readonly kind: 'done'; readonly dsns: readonly NewMessage[]; readonly verdicts: readonly AddressVerdict[] };

/** What the reply to our own RCPT proves about an address. */
export interface AddressVerdict {
  readonly number: number;
  /** In the form of `suppressionAddress`. */
  readonly address: string;
  readonly scope: string;
  readonly class: BounceClass;
  readonly weight: 'sure' | 'likely';
  readonly evidence: string;
}
