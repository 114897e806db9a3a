import { isPositive, type Reply } from '@postern/smtp';
import { writeEnvelope, type Envelope } from './envelope.ts';
import type { Extensions } from './extensions.ts';
import { connectionFault, type ConnectionFault, type FaultKind, type SessionStage } from './fault.ts';
import { isTooManyRecipients } from './too-many-recipients.ts';
import type { Transaction, TransactionEnd } from './transaction.ts';

/** Which reply a transaction waits for; `content`: none, its content is being sent. */
export type Awaiting = 'rset' | 'mail' | 'rcpt' | 'data' | 'content' | 'final';

/** One transaction in a conversation: what was asked, what was answered. */
export class Running {
  readonly ticket: number;
  readonly transaction: Transaction;
  readonly envelope: Envelope;
  awaiting: Awaiting = 'mail';
  /** How many RCPT have been answered. */
  answered = 0;
  /** How many of them with yes. */
  accepted = 0;
  mailRefused = false;
  readonly #steps: Record<string, number> = {};
  #markedAt = 0;

  constructor(ticket: number, transaction: Transaction, extensions: Extensions) {
    this.ticket = ticket;
    this.transaction = transaction;
    this.envelope = writeEnvelope(transaction, extensions);
  }

  get stage(): SessionStage {
    if (this.awaiting === 'rset') return 'mail';
    return this.awaiting === 'final' ? 'content' : this.awaiting;
  }

  /** The reply to MAIL. A refusal is everyone's. */
  mailReplied(reply: Reply): void {
    this.mailRefused = !isPositive(reply);
    if (this.mailRefused) this.refuse(reply);
  }

  /** The reply to the next RCPT. A refused MAIL has decided already, whatever a host then says to RCPT. */
  rcptReplied(reply: Reply): void {
    const index = this.envelope.indices[this.answered] ?? -1;
    this.answered += 1;
    if (isPositive(reply)) this.accepted += 1;
    else this.envelope.ends[index] ??= refusal(reply, 'rcpt');
  }

  /** Whether every RCPT has been answered. */
  get recipientsAnswered(): boolean {
    return this.answered >= this.envelope.rcpts.length;
  }

  /** Whether the host waits for the content on behalf of someone. */
  get wanted(): boolean {
    return !this.mailRefused && this.accepted > 0;
  }

  /** A refusal of all who have no end yet. */
  refuse(reply: Reply): void {
    const { ends } = this.envelope;
    for (let index = 0; index < ends.length; index += 1) ends[index] ??= refusal(reply, this.stage);
  }

  /** The reply to the final dot: yes for all whom the host had accepted. */
  accept(reply: Reply): void {
    const { ends } = this.envelope;
    for (let index = 0; index < ends.length; index += 1) ends[index] ??= { kind: 'accepted', reply };
  }

  /** Whether the message is still ours to send. */
  mayStillSend(): boolean {
    return this.transaction.beforeContent?.() ?? true;
  }

  /** A fault at the place where this transaction stands. */
  fault(kind: FaultKind, reason: string, reply?: Reply): ConnectionFault {
    const maybeDelivered = this.awaiting === 'final' && this.envelope.ends.includes(undefined);
    return connectionFault({ stage: this.stage, kind, reason, maybeDelivered, ...(reply ? { reply } : {}) });
  }

  end(fault?: ConnectionFault): TransactionEnd {
    const { stage } = this;
    const recipients = this.envelope.ends.map((end) => end ?? { kind: 'undecided' as const, stage });
    return { recipients, ...(fault ? { fault } : {}), stepsMs: this.#steps };
  }

  /** Starts the watch for the next step. */
  mark(nowMs: number): void {
    this.#markedAt = nowMs;
  }

  /** Books the time since the last mark on a step. */
  book(step: string, nowMs: number): void {
    this.#steps[step] = (this.#steps[step] ?? 0) + nowMs - this.#markedAt;
    this.#markedAt = nowMs;
  }
}

function refusal(reply: Reply, stage: SessionStage) {
  return { kind: 'refused', severity: severityOf(reply, stage), from: 'remote', stage, reply } as const;
}

/**
 * Whether a refusal is for now or for good: its first digit says it (RFC 5321 §4.2.1).
 *
 * 552 to RCPT may be an old way to say 452, too many recipients: the others go in another transaction (RFC 5321
 * §4.5.3.1.10). That is so where it says so; a mailbox that is full for good says 552 as well.
 */
function severityOf(reply: Reply, stage: SessionStage): 'transient' | 'permanent' {
  return reply.code < 500 || (stage === 'rcpt' && isTooManyRecipients(reply)) ? 'transient' : 'permanent';
}
