import { z } from 'zod';
import { route } from '../route.ts';
import { because, instant, page, pageQuery, reason, sorted } from '../shapes.ts';

/** An address that is not sent to, for senders within its scope. */
export const suppression = z
  .object({
    id: z.string(),
    address: z.string(),
    /** `*` for every sender, `@domain`, or one address. */
    scope: z.string(),
    /** Why: a class of bounces, `complaint`, or `manual`. */
    class: z.string(),
    source: z.enum(['reply', 'returned', 'complaint', 'manual', 'import']),
    /** The reply, or what a person said. */
    evidence: z.string(),
    messageId: z.string().nullable(),
    createdAt: instant,
    /** When it ends by itself; null: never. */
    until: instant.nullable(),
    createdBy: z.string(),
  })
  .meta({ id: 'Suppression' });
export type Suppression = z.output<typeof suppression>;

const tag = 'Suppressions';
const address = z.string().trim().min(3).max(320);
const scope = z.string().trim().min(1).max(320).default('*');
const filter = {
  /** A part of the address. */
  contains: z.string().trim().min(1).max(320).optional(),
  class: z.string().min(1).max(40).optional(),
  source: z.enum(['reply', 'returned', 'complaint', 'manual', 'import']).optional(),
};
const given = z.object({ address, scope, reason: reason.optional(), until: instant.nullable().default(null) });

export const SUPPRESSION_ROUTES = {
  listSuppressions: route({
    method: 'GET',
    path: '/api/v1/suppressions',
    tag,
    summary: 'Addresses that are not sent to, those that were added last first',
    permission: 'bounces:read',
    query: pageQuery.extend({ ...filter, ...sorted(['created', 'address'], 'descending') }),
    status: 200,
    response: page(suppression),
    problems: [],
  }),
  addSuppression: route({
    method: 'POST',
    path: '/api/v1/suppressions',
    tag,
    summary: 'Send to an address no more',
    permission: 'bounces:write',
    body: given,
    status: 201,
    response: suppression,
    problems: ['conflict'],
  }),
  importSuppressions: route({
    method: 'POST',
    path: '/api/v1/suppressions/import',
    tag,
    summary: 'Send to many addresses no more; those that are suppressed already stay as they are',
    permission: 'bounces:write',
    body: z.object({ items: z.array(given.strict()).min(1).max(1_000), reason: reason.optional() }),
    status: 200,
    response: z
      .object({ added: z.int().nonnegative(), kept: z.int().nonnegative() })
      .meta({ id: 'ImportedSuppressions' }),
    problems: [],
  }),
  removeSuppression: route({
    method: 'DELETE',
    path: '/api/v1/suppressions/{id}',
    tag,
    summary: 'Send to an address again',
    permission: 'bounces:write',
    params: z.object({ id: z.uuid() }),
    body: because,
    status: 204,
    problems: ['not-found'],
  }),
  removeSuppressions: route({
    method: 'POST',
    path: '/api/v1/suppressions/remove',
    tag,
    summary: 'Send to all addresses again that a filter describes; dryRun only counts them',
    permission: 'bounces:write',
    body: z.object({ ...filter, dryRun: z.boolean().default(false), reason: reason.optional() }),
    status: 200,
    response: z.object({ suppressions: z.int().nonnegative() }).meta({ id: 'RemovedSuppressions' }),
    problems: [],
  }),
};
