import { ROUTES } from '@postern/admin-contract';
import { done } from '../outcome.ts';
import { verb } from '../verb.ts';
import { viewOf } from './rule-set.ts';

/** The rules that classify replies now. */
export const showBounceRules = verb(ROUTES.showBounceRules, async ({ store }) =>
  done(viewOf(await store.activeRules())),
);
