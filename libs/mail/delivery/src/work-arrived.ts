import { type QueueId, UNRESOLVED_QUEUE } from '@postern/queue';
import type { DeliveryContext } from './context.ts';

/** So long may new mail wait for a lane that is busy, before another lane is woken for it. */
const PATIENCE_MS = 50;

/**
 * Something has become due in these queues: a lane that waits here takes it, else the next one that is done with what it
 * has. When none is done soon, a lane that does not run here is woken: new mail does not wait behind a slow conversation.
 */
export function workArrived(
  queueIds: Iterable<QueueId>,
  context: Pick<DeliveryContext, 'work' | 'awake' | 'alarm' | 'book' | 'watch' | 'random'>,
): void {
  for (const queueId of new Set(queueIds)) {
    context.watch.note(queueId);
    if (context.book.rests(queueId) || context.work.tell(queueId)) continue;
    const awake = context.awake.of(queueId);
    // What waits for a lookup is carried by one lane: its lookups run side by side.
    if (awake.size === 0 || queueId === UNRESOLVED_QUEUE) {
      context.alarm.wake({ queueId, lane: 0 });
      continue;
    }
    context.work.leave(queueId, PATIENCE_MS, () => wakeAnother(queueId, context));
  }
}

function wakeAnother(
  queueId: QueueId,
  { awake, alarm, book, random }: Pick<DeliveryContext, 'awake' | 'alarm' | 'book' | 'random'>,
): void {
  const running = awake.of(queueId);
  const asleep = Array.from({ length: book.lanes(queueId) }, (_, lane) => lane).filter((lane) => !running.has(lane));
  const lane = asleep[Math.floor(random() * asleep.length)];
  if (lane !== undefined) alarm.wake({ queueId, lane });
}
