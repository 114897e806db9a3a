import type { QueueId } from '@postern/queue';
import type { DeliveryContext } from './context.ts';
import { Lease } from './lease.ts';
import { localReply, type NoSession } from './no-session.ts';
import { restWords } from './rest-words.ts';
import { concludeNoSession } from './send.ts';

const AT_ONCE = 200;

/** What waits for a site that does not answer is not attempted meanwhile; its time runs all the same, and ends here. */
export async function giveUpOverdue(
  queueId: QueueId,
  failure: NoSession,
  context: DeliveryContext,
  signal: AbortSignal,
): Promise<void> {
  const { store, settings, schedules, clock } = context;
  while (!signal.aborted) {
    const askedMs = clock.monotonicMs();
    const { giveUpAfterMs } = schedules?.of({ queueId, credentialId: undefined }) ?? settings.schedule;
    const acceptedBefore = new Date(clock.now().getTime() - giveUpAfterMs);
    const { leaseMs } = settings;
    const claim = await store.claim({ queueId, limit: AT_ONCE, leaseMs, inlineOctets: 0, acceptedBefore });
    if (claim.recipients === 0) return;
    const lease = new Lease(claim.leaseToken, claim.messages, askedMs, context);
    const about = { at: clock.now(), ms: askedMs };
    for (const message of claim.messages)
      concludeNoSession({ message, recipients: message.recipients, lease }, failure, about, context);
    await lease.settled();
  }
}

/**
 * The same for routes and sites with a retry plan of their own, whose time may be shorter than a rest: it ends while they
 * rest, and not when the next lane finds out that they still do not answer.
 */
export async function giveUpResting(context: DeliveryContext, signal: AbortSignal): Promise<void> {
  const { schedules, book } = context;
  const queueIds = [...(schedules?.byQueue.keys() ?? [])];
  if (queueIds.length === 0) return;
  await book.refresh(queueIds);
  for (const queueId of queueIds) {
    const rest = book.rests(queueId) ? book.restCause(queueId) : undefined;
    if (!rest) continue;
    const { host } = rest;
    const reply = localReply(
      451,
      '4.4.1',
      `Nothing is sent there for a while, because ${restWords(rest)}`.slice(0, 1_000),
    );
    const failure: NoSession = { stage: 'connect', reply, stepsMs: {}, ...(host === undefined ? {} : { host }) };
    await giveUpOverdue(queueId, failure, context, signal);
  }
}
