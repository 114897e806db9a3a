import { ROUTES } from '@postern/admin-contract';
import { done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';

/** Makes every deferred recipient of a queue due now, and wakes it. That none is deferred is no refusal. */
export const retryQueue = verb(
  ROUTES.retryQueue,
  async ({ store, actor, alarmClock }, { params: { id }, body: { reason } }) => {
    const queue = await store.showQueue(id);
    if (!queue) return notFound(`queue ${id}`);
    const recipients = await store.change(async (changes) => {
      const moved = await changes.retryQueue(id);
      const subject = { subjectId: String(id), subjectName: queue.name };
      await changes.audit({ actor, action: 'queue.retry', ...subject, reason, facts: { recipients: moved } });
      return moved;
    });
    if (recipients > 0 || queue.pace.rest) alarmClock.wake({ queueId: id, lane: 0 });
    return done({ recipients });
  },
);
