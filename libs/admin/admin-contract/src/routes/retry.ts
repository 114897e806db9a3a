import { z } from 'zod';
import { route } from '../route.ts';
import { because, reason } from '../shapes.ts';

/** For which mail a retry plan is: all, that of a route, of a site, or of the credentials that have a tag. */
export const RETRY_SCOPES = ['default', 'route', 'site', 'tag'] as const;

/** So many plans there are at most: they are set by hand, one for each exception. */
export const MOST_RETRY_PLANS = 500;

const DAY_SECONDS = 86_400;

/** When deferred mail is tried again, and when it is given up. */
export const retryPlan = z
  .object({
    id: z.string(),
    scope: z.enum(RETRY_SCOPES),
    /** The route's name, the site's key, the tag; empty for everything. */
    subject: z.string(),
    /** The wait after the first, second … attempt; the last one repeats. */
    delaysSeconds: z.array(z.int()),
    giveUpSeconds: z.int(),
    /** How long after its acceptance a sender is told that mail is late; null: four hours. */
    delayNoticeSeconds: z.int().nullable(),
  })
  .meta({ id: 'RetryPlan' });
export type RetryPlan = z.output<typeof retryPlan>;

const tag = 'Retry plans';

export const RETRY_ROUTES = {
  listRetryPlans: route({
    method: 'GET',
    path: '/api/v1/retry-plans',
    tag,
    summary: `The retry plans that were set, all of them: ${MOST_RETRY_PLANS} at most, and the one of everything`,
    permission: 'routes:read',
    status: 200,
    response: z.object({ items: z.array(retryPlan) }),
    version: ['items'],
    audited: 'retry-plan',
    problems: [],
  }),
  setRetryPlan: route({
    method: 'POST',
    changes: 'listRetryPlans',
    path: '/api/v1/retry-plans',
    tag,
    summary: 'Set when mail is tried again, and when it is given up; takes the place of what was set for the same mail',
    permission: 'routes:write',
    body: z.object({
      scope: z.enum(RETRY_SCOPES),
      subject: z.string().trim().max(2_000).default(''),
      delaysSeconds: z
        .array(
          z
            .int()
            .min(1)
            .max(7 * DAY_SECONDS),
        )
        .min(1)
        .max(50),
      giveUpSeconds: z
        .int()
        .min(30)
        .max(30 * DAY_SECONDS),
      delayNoticeSeconds: z
        .int()
        .min(60)
        .max(20 * DAY_SECONDS)
        .optional(),
      reason: reason.optional(),
    }),
    status: 200,
    response: retryPlan,
    problems: ['not-found', 'conflict'],
  }),
  removeRetryPlan: route({
    method: 'DELETE',
    changes: 'listRetryPlans',
    path: '/api/v1/retry-plans/{id}',
    tag,
    summary: 'Remove a retry plan: its mail is tried again as all other',
    permission: 'routes:write',
    params: z.object({ id: z.uuid() }),
    body: because,
    status: 204,
    problems: ['not-found'],
  }),
};
