import { ROUTES } from '@postern/admin-contract';
import { done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';

/** Lifts a suspension before its end; the sweep of the delivery processes makes due what waited for it. */
export const liftSuspension = verb(ROUTES.liftSuspension, ({ store, actor }, { params: { id }, body: { reason } }) =>
  store.change(async (changes) => {
    const suspension = await changes.liftSuspension(id);
    if (!suspension) return notFound(`suspension ${id}`);
    const { scope, name: subjectName } = suspension;
    await changes.audit({ actor, action: 'suspension.lift', subjectId: id, subjectName, reason, facts: { scope } });
    return done(suspension);
  }),
);
