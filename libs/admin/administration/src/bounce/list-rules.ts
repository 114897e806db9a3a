import { ROUTES } from '@postern/admin-contract';
import { done } from '../outcome.ts';
import { verb } from '../verb.ts';

/** The versions of rules that were activated, the latest first; none: those that ship were never changed. */
export const listBounceRules = verb(ROUTES.listBounceRules, async ({ store }) => {
  const active = await store.activeRules();
  const items = (await store.listRules()).map(({ version, rules, createdAt, createdBy }) => ({
    version,
    rules: rules.length,
    createdAt: createdAt.toISOString(),
    createdBy,
    active: version === active?.version,
  }));
  return done({ items });
});
