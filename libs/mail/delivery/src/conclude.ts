import {
  afterAttempt,
  type AttemptFacts,
  type AttemptOutcome,
  type ClaimedMessage,
  type ClaimedRecipient,
  type Disposition,
  type RecordedReply,
  inTimeFor,
  retryHintMs,
  startsAt,
} from '@postern/queue';
import { whyItFailed } from './why-it-failed.ts';
import type { DeliveryContext } from './context.ts';

/** What a conversation came to for one recipient. */
export type Verdict =
  | { readonly kind: 'delivered'; readonly reply: RecordedReply }
  /** The time that its sender gave it is over. */
  | { readonly kind: 'expired'; readonly reply: RecordedReply }
  | {
      readonly kind: 'failed';
      readonly severity: 'transient' | 'permanent';
      readonly reply: RecordedReply;
      readonly maybeDelivered?: boolean;
    };

/** The outcome of an attempt: what becomes of the recipient, and the row that the attempt leaves. */
export function conclude(
  about: { readonly message: ClaimedMessage; readonly recipient: ClaimedRecipient; readonly leaseToken: string },
  verdict: Verdict,
  facts: Omit<AttemptFacts, 'reply'>,
  context: Pick<DeliveryContext, 'clock' | 'settings' | 'schedules' | 'random' | 'classify'>,
): AttemptOutcome {
  const said = verdict.kind === 'delivered' ? undefined : whyItFailed({ ...facts, reply: verdict.reply }, context);
  const { disposition, reply } = decide(about, said?.class === 'rate_limited' ? later(verdict) : verdict, context);
  const bounce = said && reply !== verdict.reply ? whyItFailed({ ...facts, reply }, context) : said;
  return {
    recipientId: about.recipient.id,
    messageId: about.message.id,
    leaseToken: about.leaseToken,
    disposition,
    attempt: { ...facts, reply, bounce },
  };
}

/**
 * What a host says when we are too fast for it is about the time, not about the recipient, and some say it with 5yz: it
 * would take the same mail later. So it is tried again, as after 4yz, until the time to give up.
 */
function later(verdict: Verdict): Verdict {
  if (verdict.kind !== 'failed' || verdict.reply.from !== 'remote') return verdict;
  return { ...verdict, severity: 'transient' };
}

function decide(
  { message, recipient }: { readonly message: ClaimedMessage; readonly recipient: ClaimedRecipient },
  verdict: Verdict,
  { clock, settings, schedules, random }: Pick<DeliveryContext, 'clock' | 'settings' | 'schedules' | 'random'>,
): { readonly disposition: Disposition; readonly reply: RecordedReply } {
  if (verdict.kind === 'delivered') return { disposition: { kind: 'delivered' }, reply: verdict.reply };
  if (verdict.kind === 'expired') return { disposition: { kind: 'expired' }, reply: verdict.reply };
  if (verdict.severity === 'permanent') return { disposition: { kind: 'bounced' }, reply: verdict.reply };
  const schedule = schedules?.of(message) ?? settings.schedule;
  const next = afterAttempt({
    schedule,
    attempt: recipient.attempt,
    now: message.now?.() ?? clock.now(),
    acceptedAt: startsAt(message),
    random: random(),
    hintMs: verdict.reply.from === 'remote' ? retryHintMs(verdict.reply.text) : undefined,
  });
  if (next.kind === 'expired') return { disposition: { kind: 'expired' }, reply: givenUp(verdict.reply) };
  const maybeDelivered = verdict.maybeDelivered ?? false;
  const dueAt = inTimeFor(message.deliverBy, next.dueAt, clock.now());
  const { delayNoticeMs } = schedule;
  return { disposition: { kind: 'deferred', dueAt, maybeDelivered, delayNoticeMs }, reply: verdict.reply };
}

/**
 * A policy of the channel that was not met until the end is why the mail comes back, with its name and a code of its own
 * (RFC 8461 §5.1, RFC 3463 §3.8); anything else that lasted was a matter of time, and the last word about it says more.
 */
function givenUp(reply: RecordedReply): RecordedReply {
  if (reply.from !== 'local' || reply.enhanced !== '4.7.5') return reply;
  return { ...reply, code: 550, enhanced: '5.7.5', text: `${reply.text} (until the time to give up)`.slice(0, 1_000) };
}
