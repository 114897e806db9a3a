import { type ClaimedMessage, startsAt } from '@postern/queue';
import type { DeliveryContext } from './context.ts';
import type { Lease } from './lease.ts';
import { localReply, type NoSession } from './no-session.ts';
import { restWords } from './rest-words.ts';
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

/** From when on a message is late; undefined: it is never too late to try. */
export function lateFrom(message: ClaimedMessage, context: Pick<DeliveryContext, 'schedules'>): Date | undefined {
  const { deliverBy } = message;
  const returned = deliverBy?.mode === 'R' ? deliverBy.at : undefined;
  const useless = ofUseUntil(message, context)?.at;
  return returned && useless ? (returned < useless ? returned : useless) : (returned ?? useless);
}

function whyLate(message: ClaimedMessage, now: Date, context: DeliveryContext): NoSession['reply'] | undefined {
  if (message.deliverBy?.mode === 'R' && message.deliverBy.at <= now) return LATE;
  const useful = ofUseUntil(message, context);
  if (!useful || now < useful.at) return undefined;
  const text = `It was of use for ${spanOf(useful.forMs)} only, and these are over: it is not tried any more${whatHinders(message, context)}`;
  return localReply(554, '5.4.7', text.slice(0, 1_000));
}

/** What is of use for minutes only counts from when it may be sent (RFC 4865 §5), as every give-up time does. */
function ofUseUntil(
  message: ClaimedMessage,
  { schedules }: Pick<DeliveryContext, 'schedules'>,
): { readonly at: Date; readonly forMs: number } | undefined {
  const schedule = schedules?.of(message);
  if (!schedule?.strict) return undefined;
  const forMs = schedule.giveUpAfterMs;
  return { at: new Date(startsAt(message).getTime() + forMs), forMs };
}

function spanOf(ms: number): string {
  if (ms < 120_000) return `${Math.round(ms / 1_000)} seconds`;
  return ms < 7_200_000 ? `${Math.round(ms / 60_000)} minutes` : `${Math.round(ms / 3_600_000)} hours`;
}

/** Why nothing is sent to its site, where that is known: its sender hears of nothing else. */
function whatHinders({ queueId }: ClaimedMessage, { book }: DeliveryContext): string {
  const rest = queueId !== undefined && book.rests(queueId) ? book.restCause(queueId) : undefined;
  return rest ? `; its site rests, because ${restWords(rest)}` : '';
}

const LATE = localReply(554, '5.4.7', 'The time for delivery (BY=) is over');
