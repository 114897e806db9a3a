import type { Queue } from '@postern/admin-contract';

/** Which queues a list shows. */
export interface QueuesShown {
  readonly show: 'waiting' | 'all';
  readonly kind?: Queue['kind'] | undefined;
  readonly name?: string | undefined;
}

/** How many recipients wait in a queue. */
export function depthOf(queue: Queue): number {
  const { queued, sending, deferred, held } = queue.counts;
  return queued + sending + deferred + held;
}

/**
 * Brings changed queues into a list without moving what someone may be reading: a queue that is shown changes where it
 * stands, also when it has run empty, and one that is new comes last.
 */
export function mergeQueues(shown: readonly Queue[], changed: readonly Queue[], which: QueuesShown): readonly Queue[] {
  const news = new Map(changed.map((queue) => [queue.id, queue]));
  const known = new Set(shown.map((queue) => queue.id));
  const added = changed.filter((queue) => !known.has(queue.id) && belongs(queue, which));
  return [...shown.map((queue) => news.get(queue.id) ?? queue), ...added];
}

function belongs(queue: Queue, which: QueuesShown): boolean {
  if (which.kind && queue.kind !== which.kind) return false;
  if (which.name && !queue.name.toLowerCase().includes(which.name.toLowerCase())) return false;
  return which.show === 'all' || depthOf(queue) > 0 || queue.suspended !== null;
}
