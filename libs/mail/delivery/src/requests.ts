import type { ClaimedMessage, ClaimedRecipient } from '@postern/queue';
import type { Transaction } from '@postern/smtp-client';

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
