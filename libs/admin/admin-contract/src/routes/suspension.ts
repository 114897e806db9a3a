import { z } from 'zod';
import { route } from '../route.ts';
import { because, instant, page, pageQuery, sorted, untilWhen } from '../shapes.ts';

/** What can be suspended besides a delivery queue: mail of a credential, of a sender, to a domain, and all of it. */
export const SUSPENSION_SCOPES = ['all', 'credential', 'sender', 'domain'] as const;
const scope = z.enum(SUSPENSION_SCOPES);
/** What a suspension may be of. */
export const SUSPENDED = ['queue', ...SUSPENSION_SCOPES] as const;

/** A suspension: mail that waits, and is not sent before it ends. */
export const suspension = z
  .object({
    /** Null for a suspended delivery queue, which is resumed as a queue. */
    id: z.string().nullable(),
    scope: z.enum(SUSPENDED),
    /** The queue's id, the credential's name, `a@b.c` or `@b.c`, `b.c` or `*.b.c`; empty for all. */
    subject: z.string(),
    name: z.string(),
    since: instant,
    /** Null: not before it is lifted. */
    until: instant.nullable(),
    by: z.string(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'Suspension' });
export type Suspension = z.output<typeof suspension>;

const tag = 'Suspensions';

export const SUSPENSION_ROUTES = {
  listSuspensions: route({
    method: 'GET',
    path: '/api/v1/suspensions',
    tag,
    summary: 'Everything that is suspended now, queues too',
    permission: 'queues:read',
    query: pageQuery.extend({
      scope: z.enum(SUSPENDED).optional(),
      ...sorted(['since'], 'descending'),
    }),
    status: 200,
    response: page(suspension),
    problems: [],
  }),
  suspend: route({
    method: 'POST',
    path: '/api/v1/suspensions',
    tag,
    summary: 'Suspend mail of a credential, of a sender, to a domain, or all of it, for an hour or as long as is said',
    permission: 'queues:command',
    body: because.extend({ scope, subject: z.string().max(320).default(''), ...untilWhen }),
    status: 201,
    response: suspension,
    problems: ['not-found', 'conflict'],
  }),
  liftSuspension: route({
    method: 'POST',
    path: '/api/v1/suspensions/{id}/lift',
    tag,
    summary: 'Lift a suspension: what waits for it is due within seconds',
    permission: 'queues:command',
    params: z.object({ id: z.uuid() }),
    body: because,
    status: 200,
    response: suspension,
    problems: ['not-found'],
  }),
};
