import { ROUTES } from '@postern/admin-contract';
import { done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';
import { keptBack } from './kept-back.ts';

/** One delivery queue, with the domains whose mail waits in it, and what keeps it back. */
export const showQueue = verb(ROUTES.showQueue, async ({ store }, { params }) => {
  const queue = await store.showQueue(params.id);
  if (!queue) return notFound(`queue ${params.id}`);
  return done({ ...queue, keptBack: [...keptBack(queue, await store.queueObstacles(params.id))] });
});
