import type { ClaimedMessage } from '@postern/queue';
import type { DeliveryContext } from './context.ts';
import type { Lease } from './lease.ts';
import { localReply } from './no-session.ts';
import { concludeNoSession } from './send.ts';

/**
 * Gives up what is of use for minutes only and comes too late: it is not sent any more. Answers the messages that are in
 * time.
 */
export function inTime(
  messages: readonly ClaimedMessage[],
  lease: Lease,
  context: DeliveryContext,
): readonly ClaimedMessage[] {
  if (!context.schedules) return messages;
  return messages.filter((message) => {
    const schedule = context.schedules?.of(message);
    if (!schedule?.strict) return true;
    const now = message.now?.() ?? context.clock.now();
    if (now.getTime() < message.acceptedAt.getTime() + schedule.giveUpAfterMs) return true;
    const minutes = Math.round(schedule.giveUpAfterMs / 6_000) / 10;
    const text = `It was of use for ${minutes} minutes only, and these are over: it was not sent`;
    const started = { at: now, ms: context.clock.monotonicMs() };
    const { recipients } = message;
    concludeNoSession(
      { message, recipients, lease },
      { stage: 'internal', reply: localReply(451, '4.4.7', text), stepsMs: {} },
      started,
      context,
    );
    return false;
  });
}
