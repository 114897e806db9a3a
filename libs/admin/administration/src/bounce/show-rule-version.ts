import { ROUTES } from '@postern/admin-contract';
import { done, notFound } from '../outcome.ts';
import { verb } from '../verb.ts';
import { viewOf } from './rule-set.ts';

/** The rules of a version, whether it is active or not. */
export const showBounceRuleVersion = verb(ROUTES.showBounceRuleVersion, async ({ store }, { params: { version } }) => {
  const [active, stored] = await Promise.all([store.activeRules(), store.rulesOf(version)]);
  if (!stored && version !== viewOf(undefined).version) return notFound(`version ${version} of the rules`);
  return done({ ...viewOf(stored), active: stored?.version === active?.version });
});
