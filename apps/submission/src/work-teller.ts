import type { Store } from '@postern/prisma-store';
import type { AlarmClock, QueueId } from '@postern/queue';

/** Nudges are told together: at most one in this time, and the first of a quiet moment at once. */
const NUDGE_MS = 20;

/**
 * Tells delivery that queues have got something: a wake-up for lanes that sleep, and a nudge for those that are awake and
 * idle.
 */
export function workTeller(
  alarm: AlarmClock,
  store: Pick<Store, 'notifyWork'>,
): (queueIds: ReadonlySet<QueueId>) => void {
  let pending = new Set<QueueId>();
  let timer: NodeJS.Timeout | undefined;
  const nudge = () => {
    timer = pending.size > 0 ? setTimeout(nudge, NUDGE_MS) : undefined;
    if (pending.size === 0) return;
    store.notifyWork(pending);
    pending = new Set();
  };
  return (queueIds) => {
    for (const queueId of queueIds) {
      alarm.wake({ queueId, lane: 0 });
      pending.add(queueId);
    }
    if (timer === undefined) nudge();
  };
}
