import { ROUTES } from '@postern/admin-contract';
import { done, invalid } from '../outcome.ts';
import { verb } from '../verb.ts';
import { readRules, replay } from './rule-set.ts';

/** What rules would change of how the latest stored replies are classified. Changes nothing. */
export const replayBounceRules = verb(ROUTES.replayBounceRules, async ({ store }, { body }) => {
  const reading = readRules(body.rules);
  if ('errors' in reading) return invalid(reading.errors);
  return done(await replay({ store, ruleSet: reading.ok, limit: body.replies }, async () => undefined));
});
