import type { RetryChanges, RetryPlan, RetryReads } from '@postern/administration';
import type { RetryPlan as Row } from '../generated/client.ts';
import type { Db } from './client.ts';
import { newId } from './credentials.ts';

/** Retry plans, read. */
export function retryReads(db: Db): RetryReads {
  return {
    listRetryPlans: async () =>
      (await db.retryPlan.findMany({ orderBy: [{ scope: 'asc' }, { subject: 'asc' }] })).map(viewOf),
  };
}

/** Retry plans, commanded. */
export function retryChanges(db: Db): RetryChanges {
  return {
    async setRetryPlan({ scope, subject, delaysSeconds, giveUpSeconds, delayNoticeSeconds }, most) {
      const others = await db.retryPlan.count({ where: { NOT: { scope, subject } } });
      if (others >= most) return undefined;
      const row = await db.retryPlan.upsert({
        where: { scope_subject: { scope, subject } },
        create: { id: newId(), scope, subject, delaysSeconds, giveUpSeconds, delayNoticeSeconds },
        update: { delaysSeconds, giveUpSeconds, delayNoticeSeconds },
      });
      return viewOf(row);
    },
    async removeRetryPlan(id) {
      const row = await db.retryPlan.findUnique({ where: { id } });
      if (!row) return undefined;
      await db.retryPlan.deleteMany({ where: { id } });
      return viewOf(row);
    },
  };
}

function viewOf({ id, scope, subject, delaysSeconds, giveUpSeconds, delayNoticeSeconds }: Row): RetryPlan {
  return { id, scope, subject, delaysSeconds, giveUpSeconds, delayNoticeSeconds };
}
