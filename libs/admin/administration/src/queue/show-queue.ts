import { ROUTES } from '@postern/admin-contract';
import { done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';

/** One delivery queue, with the domains whose mail waits in it. */
export const showQueue = verb(ROUTES.showQueue, async ({ store }, { params }) => {
  const queue = await store.showQueue(params.id);
  return queue ? done(queue) : notFound(`queue ${params.id}`);
});
