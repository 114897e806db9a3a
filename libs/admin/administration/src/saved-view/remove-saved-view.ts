import { ROUTES } from '@postern/admin-contract';
import { done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';

/** Forgets a search that whoever asks has saved. */
export const removeSavedView = verb(ROUTES.removeSavedView, async ({ store, actor }, { params }) =>
  store.change(async (changes) => {
    const view = await changes.removeSavedView(actor.id, params.id);
    if (!view) return notFound(`saved view ${params.id} of yours`);
    const subject = { subjectId: view.id, subjectName: view.name };
    const facts = { query: view.query };
    await changes.audit({ actor, action: 'saved-view.remove', ...subject, reason: undefined, facts });
    return done(undefined);
  }),
);
