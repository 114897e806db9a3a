import { ROUTES } from '@postern/admin-contract';
import { done, invalid } from '../outcome.ts';
import { verb } from '../verb.ts';

/** Sends to all addresses again that a filter describes; with `dryRun` only counts them. */
export const removeSuppressions = verb(ROUTES.removeSuppressions, async ({ store, actor }, { body }) => {
  const { dryRun, reason, ...filter } = body;
  if (Object.values(filter).every((value) => value === undefined))
    return invalid([{ field: 'body', message: 'Name a part of the address, a class or a source' }]);
  if (dryRun) return done({ suppressions: await store.countSuppressions(filter) });
  return store.change(async (changes) => {
    const suppressions = await changes.removeSuppressions(filter);
    const subject = { subjectId: 'suppressions', subjectName: `${suppressions} addresses` };
    await changes.audit({
      actor,
      action: 'suppression.remove',
      ...subject,
      reason,
      facts: { ...filter, suppressions },
    });
    return done({ suppressions });
  });
});
