import { ROUTES } from '@postern/admin-contract';
import { done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';

/** Removes a retry plan: its mail is tried again as all other. */
export const removeRetryPlan = verb(ROUTES.removeRetryPlan, ({ store, actor }, { params: { id }, body }) =>
  store.change(async (changes) => {
    const plan = await changes.removeRetryPlan(id);
    if (!plan) return notFound(`retry plan ${id}`);
    const { scope, subject, delaysSeconds, giveUpSeconds } = plan;
    await changes.audit({
      actor,
      action: 'retry-plan.remove',
      subjectId: id,
      subjectName: `${scope} ${subject}`.trim(),
      reason: body.reason,
      facts: { delaysSeconds, giveUpSeconds },
    });
    return done(undefined);
  }),
);
