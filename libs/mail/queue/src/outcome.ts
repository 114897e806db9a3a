import type { MessageId } from './message-id.ts';
import type { RecordedChannel } from './recorded-channel.ts';

/** How an attempt ended for one recipient. */
export interface AttemptOutcome {
  readonly recipientId: string;
  readonly messageId: MessageId;
  readonly leaseToken: string;
  readonly disposition: Disposition;
  readonly attempt: AttemptFacts;
}

export type Disposition =
  | { readonly kind: 'delivered' }
  | {
      readonly kind: 'deferred';
      readonly dueAt: Date;
      readonly maybeDelivered: boolean;
      /** When its sender is told that it is late, counted from its acceptance; four hours where it is left out. */
      readonly delayNoticeMs?: number | undefined;
    }
  | { readonly kind: 'bounced' }
  | { readonly kind: 'expired' };

/** What an attempt leaves behind for the operator: one row of `attempts`. */
export interface AttemptFacts {
  readonly startedAt: Date;
  readonly durationMs: number;
  /** How long each step took, in milliseconds, by step. */
  readonly stepsMs: Readonly<Record<string, number>>;
  /** How far the conversation had come. */
  readonly stage: AttemptStage;
  readonly host: string | undefined;
  readonly address: string | undefined;
  /** The name of the source that it was made from; undefined where the system chose. */
  readonly source?: string | undefined;
  /** The remote's reply verbatim (bounded), or ours where no remote spoke, in the form `code enhanced text`. */
  readonly reply: RecordedReply;
  /** Why it failed, and which rule says so; undefined when it did not, or was not asked. */
  readonly bounce?: { readonly class: string; readonly rule: string } | undefined;
  readonly tls: RecordedTls | undefined;
  /** Whether the host that took it answers for the DSNs that were asked for. */
  readonly dsnPassedOn?: boolean;
  /** Which policy ruled the channel, and why: `opportunistic`, `route: verify` … */
  readonly policy: string;
  /** The policies that were found and what became of them; undefined where there is nothing to tell. */
  readonly channel?: RecordedChannel | undefined;
}

export type AttemptStage =
  'resolve' | 'connect' | 'greeting' | 'ehlo' | 'starttls' | 'auth' | 'mail' | 'rcpt' | 'data' | 'content' | 'internal';

export interface RecordedReply {
  /** Whose words these are: the remote host's, or ours about a fault of network, DNS or policy. */
  readonly from: 'remote' | 'local';
  readonly code: number;
  readonly enhanced: string | undefined;
  readonly text: string;
}

export interface RecordedTls {
  readonly protocol: string;
  readonly cipher: string;
  /** Whether the certificate proves the host's name by a trusted authority. */
  readonly verified: boolean;
  readonly certificate: string | undefined;
  /** Why encryption is missing or was given up, when it is: an RFC 8460 §4.3 result type. */
  readonly failure?: string;
}
