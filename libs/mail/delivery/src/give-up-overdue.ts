import type { QueueId } from '@postern/queue';
import type { DeliveryContext } from './context.ts';
import { Lease } from './lease.ts';
import type { NoSession } from './no-session.ts';
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
