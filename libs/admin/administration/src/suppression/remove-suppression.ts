import { ROUTES } from '@postern/admin-contract';
import { done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';

/** Sends to an address again. */
export const removeSuppression = verb(ROUTES.removeSuppression, ({ store, actor }, { params, body }) =>
  store.change(async (changes) => {
    const removed = await changes.removeSuppression(params.id);
    if (!removed) return notFound(`suppression ${params.id}`);
    const subject = { subjectId: removed.id, subjectName: removed.address };
    const facts = { scope: removed.scope, class: removed.class, source: removed.source };
    await changes.audit({ actor, action: 'suppression.remove', ...subject, reason: body.reason, facts });
    return done(undefined);
  }),
);
