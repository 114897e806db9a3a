import { type DueQueue, type QueueId, UNRESOLVED_QUEUE } from '@postern/queue';
import type { DeliveryContext } from './context.ts';

/** With more queues than this that wait, lanes are what is missing, and not their waking. */
const MOST = 200;
const LANES_OF_UNRESOLVED = 4;

interface UnheededContext extends Pick<DeliveryContext, 'awake' | 'alarm' | 'random'> {
  readonly book: Pick<DeliveryContext['book'], 'rests' | 'lanes'>;
}

/**
 * Queues that were due at the sweep before as well, and of which no lane runs here: the first lane of such a queue may be
 * one that the alarm clock believes to be running, because its process died, and to wake it does nothing for half a minute.
 * Another lane is woken then: where the first one does run elsewhere, this one finds nothing, or helps.
 */
export class Unheeded {
  #before: ReadonlySet<QueueId> = new Set();

  swept(due: readonly DueQueue[], context: UnheededContext): void {
    const { awake, alarm, book, random } = context;
    const waiting = due.map(({ id }) => id).filter((id) => awake.of(id).size === 0 && !book.rests(id));
    const again = waiting.filter((id) => this.#before.has(id));
    this.#before = new Set(waiting);
    if (again.length > MOST) return;
    for (const queueId of again) {
      const others = (queueId === UNRESOLVED_QUEUE ? LANES_OF_UNRESOLVED : book.lanes(queueId)) - 1;
      if (others > 0) alarm.wake({ queueId, lane: 1 + Math.floor(random() * others) });
    }
  }
}
