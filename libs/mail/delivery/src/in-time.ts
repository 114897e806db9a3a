import type { ClaimedMessage } from '@postern/queue';
import type { DeliveryContext } from './context.ts';
import type { Lease } from './lease.ts';
import { localReply, type NoSession } from './no-session.ts';
import { concludeNoSession } from './send.ts';

/**
 * Gives up what comes too late to be sent: the messages that were to be returned when they are late (RFC 2852 §4: 5.4.7),
 * and those of a class that is of use for minutes only. Answers the others. Nobody is dialled for what is late.
 */
export function inTime(
  messages: readonly ClaimedMessage[],
  lease: Lease,
  context: DeliveryContext,
): readonly ClaimedMessage[] {
  return messages.filter((message) => {
    const now = message.now?.() ?? context.clock.now();
    const reply = whyLate(message, now, context);
    if (!reply) return true;
    const failure = { stage: 'internal', reply, stepsMs: {}, expired: true } as const;
    const started = { at: now, ms: context.clock.monotonicMs() };
    concludeNoSession({ message, recipients: message.recipients, lease }, failure, started, context);
    return false;
  });
}

function whyLate(message: ClaimedMessage, now: Date, { schedules }: DeliveryContext): NoSession['reply'] | undefined {
  if (message.deliverBy?.mode === 'R' && message.deliverBy.at <= now) return LATE;
  const schedule = schedules?.of(message);
  if (!schedule?.strict || now.getTime() < message.acceptedAt.getTime() + schedule.giveUpAfterMs) return undefined;
  const minutes = Math.round(schedule.giveUpAfterMs / 6_000) / 10;
  const text = `It was of use for ${minutes} minutes only, and these are over: it was not sent`;
  return localReply(554, '5.4.7', text);
}

const LATE = localReply(554, '5.4.7', 'The time for delivery (BY=) is over');
