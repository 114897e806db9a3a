import type { ClaimedMessage, ClaimedRecipient } from '@postern/queue';
import type { Transaction } from '@postern/smtp-client';
import type { DeliveryContext } from './context.ts';
import type { Lease } from './lease.ts';
import { localReply } from './no-session.ts';
import { concludeNoSession } from './send.ts';

type Requests = Pick<Transaction, 'dsn' | 'requireTls' | 'priority' | 'deliverBy'>;

const NOTHING: Requests = Object.freeze({});

/** What a message and its recipients ask of the next host; nothing for nearly every message. */
export function requestsOf(message: ClaimedMessage, recipients: readonly ClaimedRecipient[], now: Date): Requests {
  const { ret, envid, requireTls, priority, deliverBy } = message;
  const dsn = ret !== undefined || envid !== undefined || recipients.some(({ notify, orcpt }) => notify ?? orcpt);
  if (!dsn && !requireTls && !priority && !deliverBy) return NOTHING;
  return {
    ...(dsn ? { dsn: { ret, envid, recipients: recipients.map(({ notify, orcpt }) => ({ notify, orcpt })) } } : {}),
    ...(requireTls ? { requireTls } : {}),
    ...(priority ? { priority } : {}),
    // RFC 2852 §4: the time that it spent here is taken off.
    ...(deliverBy
      ? { deliverBy: { ...deliverBy, seconds: Math.floor((deliverBy.at.getTime() - now.getTime()) / 1_000) } }
      : {}),
  };
}

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
