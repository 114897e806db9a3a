import { ROUTES } from '@postern/admin-contract';
import { done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';

/** The floors and ceilings that were set for a queue's pace: what a change of them goes out from. */
export const showQueueLimits = verb(ROUTES.showQueueLimits, async ({ store }, { params: { id } }) => {
  const limits = await store.queueLimits(id);
  return limits ? done(limits) : notFound(`queue ${id}`);
});
