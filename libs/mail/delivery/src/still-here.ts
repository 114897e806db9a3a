import { siteOf } from '@postern/pace';
import { type Claim, type ClaimedMessage, type ClaimedRecipient, type QueueId, UNRESOLVED_QUEUE } from '@postern/queue';
import type { DeliveryContext, OutboundQueue } from './context.ts';
import type { Lease } from './lease.ts';
import { findHosts } from './hosts-for-us.ts';
import { workArrived } from './work-arrived.ts';

/**
 * Sends away the recipients that this queue is no longer right for: those whose domain other mail hosts serve now, and
 * everyone when the route was removed. Answers the messages that stay.
 */
export async function stillHere(
  queue: OutboundQueue,
  claim: Claim,
  lease: Lease,
  context: DeliveryContext,
): Promise<readonly ClaimedMessage[]> {
  const goesTo = queue.kind === 'site' ? await movedDomains(queue, claim, context) : await routeGone(queue, context);
  if (!goesTo) return claim.messages;
  const leaving = claim.messages.flatMap((message) =>
    message.recipients.flatMap((recipient) => {
      const queueId = goesTo(recipient);
      return queueId === undefined ? [] : [{ recipientId: recipient.id, queueId }];
    }),
  );
  await context.store.reassign(lease.token, leaving);
  for (const { recipientId } of leaving) lease.close(recipientId);
  workArrived(
    leaving.map((each) => each.queueId),
    context,
  );
  return claim.messages
    .map((message) => ({ ...message, recipients: message.recipients.filter((each) => goesTo(each) === undefined) }))
    .filter((message) => message.recipients.length > 0);
}

type GoesTo = (recipient: ClaimedRecipient) => QueueId | undefined;

async function routeGone(queue: OutboundQueue, { routes }: DeliveryContext): Promise<GoesTo | undefined> {
  return (await routes.byQueue(queue.id)).kind === 'gone' ? () => UNRESOLVED_QUEUE : undefined;
}

async function movedDomains(queue: OutboundQueue, claim: Claim, context: DeliveryContext): Promise<GoesTo | undefined> {
  const moved = new Map<string, QueueId>();
  const domains = new Set(claim.messages.flatMap(({ recipients }) => recipients.map(({ domain }) => domain)));
  await Promise.all(
    [...domains].map(async (domain) => {
      const found = await findHosts(domain, context);
      if (found.kind !== 'hosts') return;
      const key = siteOf(found.hosts);
      if (key === queue.name) return;
      const freshUntil = new Date(context.clock.now().getTime() + found.ttlSeconds * 1_000);
      moved.set(domain, await context.store.rememberSite({ domain, key, freshUntil }));
    }),
  );
  return moved.size === 0 ? undefined : ({ domain }) => moved.get(domain);
}
