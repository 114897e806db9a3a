import type { Reply } from '@postern/smtp';
import type { ConnectionFault, SessionStage } from './fault.ts';

/** One mail transaction (RFC 5321 §3.3). */
export interface Transaction {
  /** Without brackets; empty for the null reverse-path. */
  readonly reversePath: string;
  /** Forward-paths without brackets. */
  readonly recipients: readonly string[];
  /** Octets of the content, head included: what SIZE= declares (RFC 1870 §5). */
  readonly sizeOctets: number;
  readonly body: '7BIT' | '8BITMIME';
  /** Whether the message came in under SMTPUTF8 and so may have UTF-8 in its header section. */
  readonly smtpUtf8: boolean;
  /** What the sender asked for with DSN (RFC 3461); passed on where the host offers it. */
  readonly dsn?: {
    readonly ret?: 'FULL' | 'HDRS' | undefined;
    readonly envid?: string | undefined;
    /** One for each recipient, in their order. */
    readonly recipients: readonly RecipientDsn[];
  };
  /** Goes only to a host that offers REQUIRETLS under TLS (RFC 8689). */
  readonly requireTls?: boolean;
  /** From -9 to 9 (RFC 6710). */
  readonly priority?: number;
  /** What is left of the time for delivery (RFC 2852); with `R` it goes only to a host that honours it. */
  readonly deliverBy?: { readonly seconds: number; readonly mode: 'R' | 'N'; readonly trace: boolean };
  readonly content: Content;
  /** Asked right before the content is sent. False gives the transaction up: somebody else may hold the message by now. */
  readonly beforeContent?: () => boolean;
}

export interface RecipientDsn {
  /** Empty: NEVER. */
  readonly notify?: readonly string[] | undefined;
  /** With its address type, decoded. */
  readonly orcpt?: string | undefined;
}

/** Content as it is stored: lines that end with CRLF, without dot-stuffing. */
export type Content =
  | { readonly head: Buffer; readonly octets: Buffer }
  | { readonly head: Buffer; readonly stream: () => AsyncIterable<Buffer> };

/** How a transaction ended. */
export interface TransactionEnd {
  /** One for each recipient, in their order. */
  readonly recipients: readonly RecipientEnd[];
  /** Why the conversation broke, when it did: at least the `undecided` recipients have no other reason. */
  readonly fault?: ConnectionFault;
  /** How long each step took, by the command that was answered. */
  readonly stepsMs: Readonly<Record<string, number>>;
}

export type RecipientEnd =
  /** The host is responsible now: it accepted the recipient, and then the message (RFC 5321 §4.2.5). */
  | { readonly kind: 'accepted'; readonly reply: Reply }
  | {
      readonly kind: 'refused';
      /** Whether to try again; follows from the reply's first digit, except where a clause says otherwise. */
      readonly severity: 'transient' | 'permanent';
      /** Whose words the reply has: the host's, or ours about what the host cannot take. */
      readonly from: 'remote' | 'local';
      /** The command that was refused. */
      readonly stage: SessionStage;
      readonly reply: Reply;
    }
  /** No verdict: see the transaction's fault. */
  | { readonly kind: 'undecided'; readonly stage: SessionStage };
