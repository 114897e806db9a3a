import type { ClaimedMessage, LateMail } from '@postern/queue';
import type { DeliveryContext } from './context.ts';
import { inTime, lateFrom } from './in-time.ts';
import { Lease } from './lease.ts';

/** Recipients of one claim. */
const AT_ONCE = 1_000;
/** Looks in one sweep: what is late in greater numbers ends with the next ones. */
const LOOKS = 50;

/**
 * Returns the mail that is to be returned when it is late (RFC 2852 §4), and gives up what is of use for minutes only, when
 * it is time: also where no lane comes by, in a queue that rests, is suspended, tries it again later than that, or has
 * hundreds of thousands before it.
 */
export async function expireLate(context: DeliveryContext): Promise<void> {
  const { store, schedules, book } = context;
  const classes = [...(schedules?.byCredential ?? [])].filter(([, { strict }]) => strict);
  await store.noteOverdue(new Map(classes.map(([credentialId, { giveUpAfterMs }]) => [credentialId, giveUpAfterMs])));
  for (let looks = 0; looks < LOOKS; looks += 1) {
    const { mail, full } = await store.lateMail();
    if (mail.length > 0) await book.refresh(mail.map(({ queueId }) => queueId));
    for (const late of mail) await expire(late, context);
    if (!full) return;
  }
}

async function expire({ queueId, messageIds }: LateMail, context: DeliveryContext): Promise<void> {
  const { store, clock, settings } = context;
  const askedMs = clock.monotonicMs();
  const { leaseMs } = settings;
  const claim = await store.claim({ queueId, limit: AT_ONCE, leaseMs, inlineOctets: 0, late: messageIds });
  const lease = new Lease(claim.leaseToken, claim.messages, askedMs, context);
  const early = inTime(claim.messages, lease, context);
  if (early.length > 0) await leave(early, lease, context);
  await lease.settled();
}

/** A clock was set, or a retry plan: it is not late yet. */
async function leave(early: readonly ClaimedMessage[], lease: Lease, context: DeliveryContext): Promise<void> {
  const ids = early.flatMap(({ recipients }) => recipients.map(({ id }) => id));
  await context.store.handBack(lease.token, ids);
  for (const id of ids) lease.close(id);
  await context.store.lookAgain(early.map((message) => ({ id: message.id, at: lateFrom(message, context) })));
}
