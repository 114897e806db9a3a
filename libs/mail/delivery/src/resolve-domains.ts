import { siteOf } from '@postern/pace';
import { type ClaimedMessage, type ClaimedRecipient, type Lane, type QueueId, routeFor } from '@postern/queue';
import type { DeliveryContext } from './context.ts';
import { Lease, letGo } from './lease.ts';
import { findHosts, whyNoHost } from './hosts-for-us.ts';
import { localReply, type NoSession } from './no-session.ts';
import { concludeNoSession } from './send.ts';
import { workArrived } from './work-arrived.ts';

const CLAIM = 200;
/** A site is looked up again when its DNS says so, but neither every second nor once a month. */
const MIN_FRESH_SECONDS = 60;
const MAX_FRESH_SECONDS = 24 * 60 * 60;

interface Waiting {
  readonly message: ClaimedMessage;
  readonly recipient: ClaimedRecipient;
  readonly lease: Lease;
}

/**
 * A lane of the queue `unresolved`: finds out where each recipient's mail goes, and moves it to that delivery queue.
 * A domain that does not exist or takes no mail ends its recipients here; one that cannot be looked up defers them.
 */
export async function resolveDomains(lane: Lane, context: DeliveryContext, signal: AbortSignal): Promise<void> {
  const { store, clock, settings, work } = context;
  const endAt = clock.monotonicMs() + settings.maxLaneMs;
  /** Questions to the DNS, of which only so many are asked at once, and all that is under way. */
  const lookups = new Set<Promise<void>>();
  const all = new Set<Promise<void>>();
  const leases = new Set<Lease>();
  try {
    while (!signal.aborted) {
      const askedMs = clock.monotonicMs();
      if (askedMs > endAt) return context.alarm.wake(lane);
      const claim = await store.claim({
        queueId: lane.queueId,
        limit: CLAIM,
        leaseMs: settings.leaseMs,
        inlineOctets: 0,
      });
      const lease = new Lease(claim.leaseToken, claim.messages, askedMs, context);
      leases.add(lease);
      for (const each of leases) if (each.open === 0) leases.delete(each);
      for (const waiting of byDomain(claim.messages, lease).values()) {
        while (lookups.size >= settings.lookups) await Promise.race(lookups);
        if (signal.aborted) {
          await handBack(waiting, context);
          continue;
        }
        let ended = (): void => undefined;
        const lookup = new Promise<void>((resolve) => (ended = resolve));
        lookups.add(lookup);
        const elsewhere = (): void => {
          lookups.delete(lookup);
          ended();
        };
        const resolved: Promise<void> = resolveDomain(waiting, context, elsewhere)
          .catch((cause: unknown) =>
            context.log.error({ err: cause }, 'domain not resolved, its recipients wait for their lease to end'),
          )
          .finally(() => {
            elsewhere();
            all.delete(resolved);
          });
        all.add(resolved);
      }
      if (claim.recipients === 0 && !(await work.wait(lane.queueId, settings.lingerMs, signal))) return;
    }
  } finally {
    await Promise.all(all);
    await letGo(leases);
  }
}

const POLICY_UNKNOWN: NoSession = {
  stage: 'resolve',
  reply: localReply(451, '4.7.5', 'The MTA-STS policy of the domain could not be looked up yet'),
  stepsMs: {},
};

function byDomain(messages: readonly ClaimedMessage[], lease: Lease): Map<string, Waiting[]> {
  const domains = new Map<string, Waiting[]>();
  for (const message of messages) {
    for (const recipient of message.recipients) {
      const waiting = domains.get(recipient.domain);
      const each = { message, recipient, lease };
      if (waiting) waiting.push(each);
      else domains.set(recipient.domain, [each]);
    }
  }
  return domains;
}

async function resolveDomain(
  waiting: readonly Waiting[],
  context: DeliveryContext,
  elsewhere: () => void,
): Promise<void> {
  const routes = await context.routes.rules();
  const byQueue = Map.groupBy(
    waiting,
    ({ message, recipient }) =>
      routeFor(routes, { domain: recipient.domain, reversePath: message.reversePath })?.queueId,
  );
  for (const [queueId, routed] of byQueue) if (queueId !== undefined) await move(routed, queueId, context);
  const bySite = byQueue.get(undefined) ?? [];
  const [first] = bySite;
  if (!first) return;
  const { domain } = first.recipient;
  const started = { at: context.clock.now(), ms: context.clock.monotonicMs() };
  const found = await findHosts(domain, context);
  if (found.kind !== 'hosts') {
    const failure = { stage: 'resolve', reply: whyNoHost(domain, found), stepsMs: {} } as const;
    for (const { message, recipient, lease } of bySite)
      concludeNoSession({ message, recipients: [recipient], lease }, failure, started, context);
    return;
  }
  // A policy host may take its time: that is this domain's, and nobody else waits (RFC 8461 §3.3).
  elsewhere();
  if ((await context.policies.find(domain)) === undefined) {
    for (const { message, recipient, lease } of bySite)
      concludeNoSession({ message, recipients: [recipient], lease }, POLICY_UNKNOWN, started, context);
    return;
  }
  const freshSeconds = Math.min(Math.max(found.ttlSeconds, MIN_FRESH_SECONDS), MAX_FRESH_SECONDS);
  const freshUntil = new Date(context.clock.now().getTime() + freshSeconds * 1_000);
  await move(bySite, await context.store.rememberSite({ domain, key: siteOf(found.hosts), freshUntil }), context);
}

async function move(waiting: readonly Waiting[], queueId: QueueId, context: DeliveryContext): Promise<void> {
  const [first] = waiting;
  if (!first) return;
  await context.store.reassign(
    first.lease.token,
    waiting.map(({ recipient }) => ({ recipientId: recipient.id, queueId })),
  );
  for (const { lease, recipient } of waiting) lease.close(recipient.id);
  workArrived([queueId], context);
}

async function handBack(waiting: readonly Waiting[], context: DeliveryContext): Promise<void> {
  const ids = waiting.map(({ recipient }) => recipient.id);
  await context.store.handBack(waiting[0]?.lease.token ?? '', ids);
  for (const { lease, recipient } of waiting) lease.close(recipient.id);
}
