import { ROUTES, type RetryPlan } from '@postern/admin-contract';
import { DEFAULT_RETRY_SCHEDULE } from '@postern/queue';
import { done } from '../outcome.ts';
import { verb } from '../verb.ts';

/** What holds while nothing was set for everything. */
const BUILT_IN: RetryPlan = {
  id: '',
  scope: 'default',
  subject: '',
  delaysSeconds: DEFAULT_RETRY_SCHEDULE.delaysMs.map((ms) => ms / 1_000),
  giveUpSeconds: DEFAULT_RETRY_SCHEDULE.giveUpAfterMs / 1_000,
  delayNoticeSeconds: null,
};

/** The retry plans that were set, and the one of everything. */
export const listRetryPlans = verb(ROUTES.listRetryPlans, async ({ store }) => {
  const plans = await store.listRetryPlans();
  return done({ items: plans.some(({ scope }) => scope === 'default') ? [...plans] : [BUILT_IN, ...plans] });
});
