import type { ClaimedMessage } from '@postern/queue';
import type { DeliveryContext, OutboundQueue } from './context.ts';
import type { Lease } from './lease.ts';
import type { Exit } from './leaving.ts';

/**
 * Puts back what is not to be sent from this queue now: the mail of a sender that rests at the site, and mail that no source
 * may carry yet. Its attempt is not counted. Answers the messages that stay.
 */
export async function setAside(
  queue: OutboundQueue,
  messages: readonly ClaimedMessage[],
  about: { readonly lease: Lease; readonly exitOf: (message: ClaimedMessage) => Exit },
  context: Pick<DeliveryContext, 'store' | 'book' | 'log'>,
): Promise<readonly ClaimedMessage[]> {
  const later = new Map<number, ClaimedMessage[]>();
  const stay = messages.filter((message) => {
    const exit = about.exitOf(message);
    const sender = context.book.aside(queue.id, 'sender', message.reversePath.toLowerCase());
    const until = sender ?? (exit.kind === 'later' ? exit.until : undefined);
    if (until === undefined) return true;
    later.set(until.getTime(), [...(later.get(until.getTime()) ?? []), message]);
    return false;
  });
  for (const [until, aside] of later) {
    const ids = aside.flatMap(({ recipients }) => recipients.map(({ id }) => id));
    await context.store.postpone(about.lease.token, ids, new Date(until));
    for (const id of ids) about.lease.close(id);
    context.log.info({ queueId: queue.id, recipients: ids.length, until: new Date(until) }, 'mail is set aside');
  }
  return stay;
}
