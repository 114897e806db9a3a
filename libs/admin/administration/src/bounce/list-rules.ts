import { ROUTES, type BounceRuleVersion } from '@postern/admin-contract';
import { z } from 'zod';
import { readPage } from '../cursor.ts';
import { verb } from '../verb.ts';

/** The versions of rules that were activated, the latest first; none: those that ship were never changed. */
export const listBounceRules = verb(ROUTES.listBounceRules, async ({ store }, { query }) => {
  const active = await store.activeRules();
  return readPage(
    { query, key: z.int32().positive(), keyOf: ({ version }: BounceRuleVersion) => version },
    async (slice) =>
      (await store.listRules(slice)).map(({ version, rules, createdAt, createdBy }) => ({
        version,
        rules: rules.length,
        createdAt: createdAt.toISOString(),
        createdBy,
        active: version === active?.version,
      })),
  );
});
