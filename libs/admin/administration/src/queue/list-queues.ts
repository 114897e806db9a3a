import { instant, ROUTES, type Queue } from '@postern/admin-contract';
import { z } from 'zod';
import { readPage } from '../cursor.ts';
import type { QueueKey } from '../ports/queue-admin.ts';
import { verb } from '../verb.ts';

const id = z.int32().positive();
const KEYS = {
  depth: z.object({ sort: z.literal('depth'), depth: z.int().nonnegative(), id }),
  oldest: z.object({ sort: z.literal('oldest'), oldestAcceptedAt: instant.nullable(), id }),
  name: z.object({ sort: z.literal('name'), name: z.string(), id }),
} as const satisfies Record<QueueKey['sort'], z.ZodType<QueueKey>>;

/** Delivery queues, a page at a time. A cursor belongs to the sort that it was made under. */
export const listQueues = verb(ROUTES.listQueues, async ({ store }, { query }) => {
  const { sort, order, show, kind, name } = query;
  const key: z.ZodType<QueueKey> = KEYS[sort];
  return readPage({ query, key, keyOf: (queue: Queue) => keyOf(queue, sort) }, (slice) =>
    store.listQueues({ ...slice, sort, order, show, kind, nameContains: name }),
  );
});

function keyOf(queue: Queue, sort: QueueKey['sort']): QueueKey {
  const { id, name, oldestAcceptedAt, counts } = queue;
  switch (sort) {
    case 'depth':
      return { sort, depth: counts.queued + counts.sending + counts.deferred + counts.held, id };
    case 'oldest':
      return { sort, oldestAcceptedAt, id };
    case 'name':
      return { sort, name, id };
  }
}
