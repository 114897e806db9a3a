import type { AttemptFacts, ClaimedMessage, ClaimedRecipient, RecordedChannel } from '@postern/queue';
import {
  isTooManyRecipients,
  type MailHostConnection,
  type RecipientEnd,
  type Transaction,
  type TransactionEnd,
} from '@postern/smtp-client';
import { judgeReply } from '@postern/pace';
import { conclude, type Verdict } from './conclude.ts';
import { cutToFit } from './cut-to-fit.ts';
import type { DeliveryContext } from './context.ts';
import type { Lease } from './lease.ts';
import { localReply, type NoSession } from './no-session.ts';
import { recordReply, recordTls } from './recorded.ts';
import { requestsOf } from './requests.ts';

/** One message's recipients that go in one transaction. */
export interface Parcel {
  readonly message: ClaimedMessage;
  readonly recipients: readonly ClaimedRecipient[];
  readonly lease: Lease;
  /** The name of the source that it leaves from; undefined where the system chooses. */
  readonly source?: string;
}

/** Most recipients in one transaction (RFC 5321 §4.5.3.1.8: every host takes 100). */
const MAX_RECIPIENTS = 100;

/** Cuts a message's recipients into transactions. */
export function parcels(message: ClaimedMessage, lease: Lease): readonly Parcel[] {
  return cutToFit({ message, recipients: message.recipients, lease }, { rcptMax: MAX_RECIPIENTS });
}

/** The mail transaction of a parcel (RFC 5321 §3.3). */
export function transaction({ message, recipients, lease }: Parcel, context: DeliveryContext): Transaction {
  const head = message.traceFields;
  return {
    reversePath: context.returnPath?.(message) ?? message.reversePath,
    recipients: recipients.map((recipient) => recipient.forwardPath),
    sizeOctets: message.sizeOctets,
    body: message.body,
    smtpUtf8: message.smtpUtf8,
    ...requestsOf(message, recipients, context.clock.now()),
    content: message.content
      ? { head, octets: message.content }
      : { head, stream: () => context.store.readContent(message.id) },
    beforeContent: () => lease.isHeld(),
  };
}

/** Concludes what a transaction decided; answers the recipients that it decided nothing about and that are safe to send again. */
export function concludeTransaction(
  parcel: Parcel,
  end: TransactionEnd,
  about: {
    readonly connection: MailHostConnection;
    readonly policy: string;
    readonly recorded: RecordedChannel | undefined;
    readonly startedAt: Date;
    readonly startedMs: number;
    readonly mayRepeat: boolean;
    /** A connection that had served before was closed with 421 when it was asked for one more. */
    readonly closedOnReuse: boolean;
  },
  context: DeliveryContext,
): readonly ClaimedRecipient[] {
  const again: ClaimedRecipient[] = [];
  const { facts } = about.connection;
  const common = {
    startedAt: about.startedAt,
    durationMs: Math.round(context.clock.monotonicMs() - about.startedMs),
    stepsMs: { ...facts.stepsMs, ...end.stepsMs },
    host: facts.host,
    address: facts.address,
    tls: recordTls(facts.tls, facts.tlsFailure),
    policy: about.policy,
    source: parcel.source,
    channel: about.recorded,
    // RFC 3461 §5.2.3: who takes the request over, answers it.
    dsnPassedOn: facts.extensions.dsn,
  };
  for (const [index, recipient] of parcel.recipients.entries()) {
    const decided = end.recipients[index] ?? { kind: 'undecided', stage: 'mail' };
    if (isToRepeat(decided, end, about)) {
      again.push(recipient);
      continue;
    }
    settle(
      parcel,
      recipient,
      verdictOf(decided, end),
      { ...common, stage: decided.kind === 'accepted' ? 'content' : decided.stage },
      context,
    );
  }
  return again;
}

/** Whether a recipient goes once more at once: it was not asked about, or only not together with so many others. */
function isToRepeat(
  decided: RecipientEnd,
  { fault, recipients }: TransactionEnd,
  about: { readonly mayRepeat: boolean; readonly closedOnReuse: boolean },
): boolean {
  if (decided.kind === 'undecided') return about.mayRepeat && fault?.maybeDelivered === false;
  if (decided.kind !== 'refused') return false;
  if (about.closedOnReuse && decided.stage === 'mail' && decided.reply.code === 421) return about.mayRepeat;
  // RFC 5321 §4.5.3.1.10: what is over the host's limit goes in another transaction. Each takes some, so this ends.
  return isTooManyRecipients(decided.reply) && !fault && recipients.some(({ kind }) => kind === 'accepted');
}

/** Concludes that there was no session for a parcel. */
export function concludeNoSession(
  parcel: Parcel,
  failure: NoSession,
  started: { readonly at: Date; readonly ms: number },
  context: DeliveryContext,
): void {
  const severity = failure.reply.code >= 500 ? 'permanent' : 'transient';
  const verdict: Verdict = failure.expired
    ? { kind: 'expired', reply: failure.reply }
    : { kind: 'failed', severity, reply: failure.reply };
  for (const recipient of parcel.recipients) {
    settle(
      parcel,
      recipient,
      verdict,
      {
        startedAt: started.at,
        durationMs: Math.round(context.clock.monotonicMs() - started.ms),
        stepsMs: failure.stepsMs,
        stage: failure.stage,
        host: failure.host,
        address: failure.address,
        tls: failure.tls,
        policy: failure.policy ?? '',
        source: parcel.source,
        channel: failure.channel,
      },
      context,
    );
  }
}

/** Concludes that a parcel went nowhere, as an operator wants it. */
export function concludeDiscarded(parcel: Parcel, reply: NoSession['reply'], context: DeliveryContext): void {
  const facts = {
    startedAt: context.clock.now(),
    durationMs: 0,
    stepsMs: {},
    stage: 'internal',
    host: undefined,
    address: undefined,
    tls: undefined,
    policy: '',
  } as const;
  for (const recipient of parcel.recipients) settle(parcel, recipient, { kind: 'delivered', reply }, facts, context);
}

function verdictOf(decided: RecipientEnd, { fault }: TransactionEnd): Verdict {
  switch (decided.kind) {
    case 'accepted':
      return { kind: 'delivered', reply: recordReply(decided.reply) };
    case 'refused':
      return refused(decided);
    case 'undecided':
      return {
        kind: 'failed',
        severity: 'transient',
        reply: localReply(451, fault?.enhanced ?? '4.4.2', fault?.reason ?? 'The connection was lost'),
        maybeDelivered: fault?.maybeDelivered ?? true,
      };
  }
}

function refused({ severity, reply, from }: Extract<RecipientEnd, { kind: 'refused' }>): Verdict {
  const recorded = recordReply(reply, from);
  const judged = severity === 'transient' ? judgeReply({ ...recorded, provider: undefined }) : undefined;
  return { kind: 'failed', severity: judged?.action.do === 'bounce' ? 'permanent' : severity, reply: recorded };
}

function settle(
  { message, lease }: Parcel,
  recipient: ClaimedRecipient,
  verdict: Verdict,
  facts: Omit<AttemptFacts, 'reply'>,
  context: DeliveryContext,
): void {
  const outcome = conclude({ message, recipient, leaseToken: lease.token }, verdict, facts, context);
  const { disposition, attempt } = outcome;
  context.log.info(
    {
      messageId: message.id,
      recipientId: recipient.id,
      state: disposition.kind,
      attempt: recipient.attempt,
      host: attempt.host,
      address: attempt.address,
      reply: `${attempt.reply.code} ${attempt.reply.enhanced ?? ''} ${attempt.reply.text}`.slice(0, 300),
    },
    `attempt ${disposition.kind}`,
  );
  const recorded = context.recorder.record(outcome).then((moved) => {
    if (!moved)
      context.log.warn(
        { messageId: message.id, recipientId: recipient.id, state: disposition.kind },
        'outcome came after the lease had ended',
      );
  });
  lease.closeWhen(recipient.id, recorded);
}
