import { ROUTES } from '@postern/admin-contract';
import { done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';

/** Removes a rule about pools. */
export const removePoolRule = verb(ROUTES.removePoolRule, async ({ store, actor }, { params: { id }, body }) =>
  store.change(async (changes) => {
    if (!(await changes.removePoolRule(id))) return notFound(`rule ${id}`);
    const subject = { subjectId: id, subjectName: id };
    await changes.audit({ actor, action: 'pool-rule.remove', ...subject, reason: body.reason, facts: {} });
    return done(undefined);
  }),
);
