import { ROUTES } from '@postern/admin-contract';
import { done, invalid } from '../outcome.ts';
import { verb } from '../verb.ts';
import { readRules, viewOf } from './rule-set.ts';

/** Classifies by these rules from now on, within seconds; an empty list goes back to those that ship. */
export const activateBounceRules = verb(ROUTES.activateBounceRules, async ({ store, actor }, { body }) => {
  const reading = body.rules.length === 0 ? ({ ok: { rules: [] } } as const) : readRules(body.rules);
  if ('errors' in reading) return invalid(reading.errors);
  return store.change(async (changes) => {
    const stored = await changes.activateRules(reading.ok.rules, actor.name);
    const subject = { subjectId: String(stored.version), subjectName: `bounce rules ${stored.version}` };
    const facts = { rules: stored.rules.length };
    await changes.audit({ actor, action: 'bounce-rules.activate', ...subject, reason: body.reason, facts });
    return done(viewOf(stored));
  });
});
