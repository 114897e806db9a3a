import { z } from 'zod';
import { route } from '../route.ts';
import { instant, page, pageQuery, reason } from '../shapes.ts';

/** What other rules would say of a stored reply. */
export const reclassified = z
  .object({ from: z.string().nullable(), to: z.string(), rule: z.string(), replies: z.int(), example: z.string() })
  .meta({ id: 'Reclassified' });
export type Reclassified = z.output<typeof reclassified>;

export const bounceRuleSet = z
  .object({
    version: z.int(),
    rules: z.array(z.record(z.string(), z.unknown())),
    createdAt: instant.nullable(),
    createdBy: z.string(),
    active: z.boolean(),
    /** Whether they are those that ship, and change with Postern. */
    shipped: z.boolean(),
  })
  .meta({ id: 'BounceRuleSet' });
export type BounceRuleSet = z.output<typeof bounceRuleSet>;

export const bounceRuleVersion = z
  .object({
    version: z.int(),
    /** How many rules; 0: those that ship. */
    rules: z.int().nonnegative(),
    createdAt: instant,
    createdBy: z.string(),
    active: z.boolean(),
  })
  .meta({ id: 'BounceRuleVersion' });
export type BounceRuleVersion = z.output<typeof bounceRuleVersion>;

const tag = 'Bounces';
const rules = z.array(z.record(z.string(), z.unknown())).min(1).max(500);

/** The rules that tell classes: replayed, activated, and kept by version. */
export const BOUNCE_RULE_ROUTES = {
  showBounceRules: route({
    method: 'GET',
    path: '/api/v1/bounces/rules',
    tag,
    summary: 'The rules that classify replies now',
    permission: 'bounces:read',
    status: 200,
    response: bounceRuleSet,
    version: ['version', 'active'],
    audited: 'bounce-rules',
    problems: [],
  }),
  listBounceRules: route({
    method: 'GET',
    path: '/api/v1/bounces/rules/versions',
    tag,
    summary: 'The versions of rules that were activated, the latest first',
    permission: 'bounces:read',
    query: pageQuery,
    status: 200,
    response: page(bounceRuleVersion).meta({ id: 'BounceRuleVersions' }),
    problems: [],
  }),
  showBounceRuleVersion: route({
    method: 'GET',
    path: '/api/v1/bounces/rules/versions/{version}',
    tag,
    summary: 'The rules of a version, whether they are active or not',
    permission: 'bounces:read',
    params: z.object({ version: z.coerce.number<number>().int().positive() }),
    status: 200,
    response: bounceRuleSet,
    problems: ['not-found'],
  }),
  replayBounceRules: route({
    method: 'POST',
    path: '/api/v1/bounces/rules/replay',
    tag,
    summary: 'What rules would change of how the latest stored replies are classified; nothing is changed',
    permission: 'bounces:read',
    body: z.object({ rules, replies: z.int().min(1).max(20_000).default(5_000) }),
    status: 200,
    response: z.object({ replies: z.int(), changes: z.array(reclassified) }).meta({ id: 'BounceReplay' }),
    problems: [],
  }),
  activateBounceRules: route({
    method: 'POST',
    changes: 'showBounceRules',
    path: '/api/v1/bounces/rules',
    tag,
    summary: 'Classify by these rules from now on, under the next version; an empty list goes back to those that ship',
    permission: 'bounces:write',
    body: z.object({ rules: z.array(z.record(z.string(), z.unknown())).max(500), reason: reason.optional() }),
    status: 200,
    response: bounceRuleSet,
    problems: [],
  }),
  reclassifyBounces: route({
    method: 'POST',
    path: '/api/v1/bounces/reclassify',
    tag,
    summary: 'Classify the latest stored replies again by the rules that are active',
    permission: 'bounces:write',
    body: z.object({ replies: z.int().min(1).max(20_000).default(5_000), reason: reason.optional() }),
    status: 200,
    response: z.object({ replies: z.int(), changes: z.array(reclassified) }).meta({ id: 'BounceReclassification' }),
    problems: [],
  }),
};
