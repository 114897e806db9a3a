import { ROUTES } from '@postern/admin-contract';
import { done } from '../outcome.ts';
import { verb } from '../verb.ts';

/** The searches that whoever asks has saved. */
export const listSavedViews = verb(ROUTES.listSavedViews, async ({ store, actor }) =>
  done({ items: [...(await store.savedViewsOf(actor.id))] }),
);
