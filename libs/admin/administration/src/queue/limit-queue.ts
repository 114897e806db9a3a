import { ROUTES } from '@postern/admin-contract';
import { done, invalid, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';

/** Sets floors and ceilings of a queue's pace. They count at once, for all delivery processes together. */
export const limitQueue = verb(ROUTES.limitQueue, async ({ store, actor }, { params: { id }, body }) => {
  const { reason, ...limits } = body;
  const before = await store.showQueue(id);
  if (!before) return notFound(`queue ${id}`);
  if ((limits.leastLanes ?? 0) > (limits.mostLanes ?? Infinity))
    return invalid([{ field: 'body.leastLanes', message: 'Expected no more than the most lanes' }]);
  if ((limits.leastPerMinute ?? 0) > (limits.mostPerMinute ?? Infinity))
    return invalid([{ field: 'body.leastPerMinute', message: 'Expected no more than the most messages a minute' }]);
  await store.change(async (changes) => {
    await changes.limitQueue(id, limits);
    const subject = { subjectId: String(id), subjectName: before.name };
    await changes.audit({ actor, action: 'queue.limit', ...subject, reason, facts: limits });
  });
  const after = await store.showQueue(id);
  return after ? done(after.pace) : notFound(`queue ${id}`);
});
