import type { ClaimedMessage } from '@postern/queue';
import type { DeliveryContext } from './context.ts';
import type { Lease } from './lease.ts';
import { localReply } from './no-session.ts';
import { concludeNoSession } from './send.ts';

/**
 * Gives up the messages that were to be returned when they are late, and are (RFC 2852 §4: 5.4.7); answers the others.
 * Nobody is dialled for them.
 */
export function inTime(
  messages: readonly ClaimedMessage[],
  lease: Lease,
  context: DeliveryContext,
): readonly ClaimedMessage[] {
  const now = context.clock.now();
  const late = messages.filter(({ deliverBy }) => deliverBy?.mode === 'R' && deliverBy.at <= now);
  if (late.length === 0) return messages;
  const failure = { stage: 'internal', reply: LATE, stepsMs: {}, expired: true } as const;
  const started = { at: now, ms: context.clock.monotonicMs() };
  for (const message of late)
    concludeNoSession({ message, recipients: message.recipients, lease }, failure, started, context);
  return messages.filter((message) => !late.includes(message));
}

const LATE = localReply(554, '5.4.7', 'The time for delivery (BY=) is over');
