import { ROUTES } from '@postern/admin-contract';
import { done } from '../outcome.ts';
import { verb } from '../verb.ts';
import { activeRuleSet, replay } from './rule-set.ts';

/** Classifies the latest stored replies again by the active rules. Rates stay as they were counted at the time. */
export const reclassifyBounces = verb(ROUTES.reclassifyBounces, async ({ store, actor }, { body }) => {
  const ruleSet = await activeRuleSet(store);
  const result = await replay({ store, ruleSet, limit: body.replies }, (replies) =>
    store.change(async (changes) => {
      await changes.reclassify(replies.map(({ to, ...reply }) => ({ ...reply, class: to })));
      const subject = { subjectId: String(ruleSet.version), subjectName: `bounce rules ${ruleSet.version}` };
      await changes.audit({
        actor,
        action: 'bounces.reclassify',
        ...subject,
        reason: body.reason,
        facts: { replies: replies.length },
      });
    }),
  );
  return done(result);
});
