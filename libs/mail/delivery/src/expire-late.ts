import type { DeliveryContext } from './context.ts';
import { inTime } from './in-time.ts';
import { Lease } from './lease.ts';

/** Recipients of one claim. */
const AT_ONCE = 1_000;

/**
 * Returns the mail that is to be returned when it is late (RFC 2852 §4), when it is: also where no lane comes by, in a queue
 * that rests, is suspended, or tries it again later than that.
 */
export async function expireLate(context: DeliveryContext): Promise<void> {
  const { store, clock, settings } = context;
  for (const { queueId, messageIds } of await store.lateMail()) {
    const askedMs = clock.monotonicMs();
    const { leaseMs } = settings;
    const claim = await store.claim({ queueId, limit: AT_ONCE, leaseMs, inlineOctets: 0, late: messageIds });
    const lease = new Lease(claim.leaseToken, claim.messages, askedMs, context);
    const early = inTime(claim.messages, lease, context).flatMap(({ recipients }) => recipients);
    if (early.length > 0) {
      const ids = early.map(({ id }) => id);
      await store.handBack(lease.token, ids);
      for (const id of ids) lease.close(id);
    }
    await lease.settled();
  }
}
