import { type QueueId, UNRESOLVED_QUEUE } from '@postern/queue';
import type { DeliveryContext } from './context.ts';

/**
 * Something has become due in these queues: a lane that waits here takes it, else a lane that does not run here is woken,
 * so that new mail does not wait behind a slow conversation.
 */
export function workArrived(
  queueIds: Iterable<QueueId>,
  context: Pick<DeliveryContext, 'work' | 'awake' | 'alarm' | 'settings' | 'random'>,
): void {
  for (const queueId of queueIds) {
    if (context.work.tell(queueId)) continue;
    const awake = context.awake.of(queueId);
    // What waits for a lookup is carried by one lane: its lookups run side by side.
    if (awake.size === 0 || queueId === UNRESOLVED_QUEUE) {
      context.alarm.wake({ queueId, lane: 0 });
      continue;
    }
    const asleep = Array.from({ length: context.settings.lanesPerQueue }, (_, lane) => lane).filter(
      (lane) => !awake.has(lane),
    );
    const lane = asleep[Math.floor(context.random() * asleep.length)];
    if (lane !== undefined) context.alarm.wake({ queueId, lane });
  }
}
