import { z } from 'zod';
import { route } from '../route.ts';
import { because, instant, page, pageQuery, reason, sorted } from '../shapes.ts';
import { senderRuleText } from './credential.ts';

/** A source: addresses of ours that mail leaves from, and the name that is said there. */
export const source = z
  .object({
    id: z.string(),
    name: z.string(),
    pool: z.string(),
    /** At most one of each family. */
    addresses: z.array(z.string()),
    ehloName: z.string(),
    weight: z.int(),
    /** Messages a day to each site while it is new, day by day; empty for no limit. */
    warmUp: z.array(z.int()),
    warmUpSince: instant,
    /** What it may send to each site today; null when it is warm. */
    todayPerSite: z.int().nullable(),
    /** Machines that deliver and do not have all of its addresses, and which are missing there. */
    missing: z.array(z.object({ machine: z.string(), addresses: z.array(z.string()), at: instant })),
    createdAt: instant,
  })
  .meta({ id: 'Source' });
export type Source = z.output<typeof source>;

/** Which mail leaves from a pool; all that is said must be so, and the first rule counts. */
export const poolRule = z
  .object({
    id: z.string(),
    pool: z.string(),
    credentialId: z.string().nullable(),
    /** The credential's name. */
    credential: z.string().nullable(),
    senderRule: z.string().nullable(),
    route: z.string().nullable(),
    createdAt: instant,
  })
  .meta({ id: 'PoolRule' });
export type PoolRule = z.output<typeof poolRule>;

const tag = 'Sources';
const poolName = z
  .string()
  .trim()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'Expected lower-case letters, digits, dots, hyphens or underscores');

/** Asked by name, or by pool and in it by name. */
export const SOURCE_SORTS = ['name', 'pool'] as const;

const params = z.object({ source: z.string().min(1).max(64) });

const settings = {
  pool: poolName,
  addresses: z.array(z.string().trim().min(2).max(45)).min(1).max(2),
  ehloName: z.string().trim().min(1).max(255),
  weight: z.int().min(1).max(1_000),
  warmUp: z.array(z.int().min(1).max(100_000_000)).max(365),
} as const;

export const SOURCE_ROUTES = {
  listSources: route({
    method: 'GET',
    path: '/api/v1/sources',
    tag,
    summary: 'Sources: the addresses that mail leaves from, by name or by pool',
    permission: 'routes:read',
    query: pageQuery.extend({
      ...sorted(SOURCE_SORTS, 'ascending'),
      pool: z.string().trim().min(1).max(64).optional(),
      /** Sources whose name, address or EHLO name contains this. */
      name: z.string().trim().min(1).max(255).optional(),
    }),
    status: 200,
    response: page(source),
    problems: [],
  }),
  addSource: route({
    method: 'POST',
    path: '/api/v1/sources',
    tag,
    summary: 'Add a source to a pool',
    permission: 'routes:write',
    body: z.object({
      name: poolName,
      pool: settings.pool.default('default'),
      addresses: settings.addresses,
      ehloName: settings.ehloName,
      weight: settings.weight.default(1),
      warmUp: settings.warmUp.default([]),
    }),
    status: 201,
    response: source,
    problems: ['conflict'],
  }),
  showSource: route({
    method: 'GET',
    path: '/api/v1/sources/{source}',
    tag,
    summary: 'One source, by its id or its name',
    permission: 'routes:read',
    params,
    status: 200,
    response: source,
    version: ['id', 'name', 'pool', 'addresses', 'ehloName', 'weight', 'warmUp', 'warmUpSince'],
    audited: 'source',
    problems: ['not-found'],
  }),
  updateSource: route({
    method: 'POST',
    changes: 'showSource',
    path: '/api/v1/sources/{source}',
    tag,
    summary: 'Change a source; what is not given stays',
    permission: 'routes:write',
    params,
    body: z
      .object(settings)
      .partial()
      .extend({
        /** Whether its warm-up begins anew today; left out: it does when an address is new, or when it had no plan. */
        warmUpFrom: z.enum(['today', 'kept']).optional(),
        reason: reason.optional(),
      }),
    status: 200,
    response: source,
    problems: ['not-found'],
  }),
  removeSource: route({
    method: 'DELETE',
    path: '/api/v1/sources/{source}',
    tag,
    summary: 'Remove a source, by its id or its name; its pool goes on without it',
    permission: 'routes:write',
    params,
    body: because,
    status: 204,
    problems: ['not-found'],
  }),
  listPoolRules: route({
    method: 'GET',
    path: '/api/v1/pool-rules',
    tag,
    summary: 'Which mail leaves from which pool, in the order in which the rules are asked',
    permission: 'routes:read',
    query: pageQuery,
    status: 200,
    response: page(poolRule),
    problems: [],
  }),
  addPoolRule: route({
    method: 'POST',
    path: '/api/v1/pool-rules',
    tag,
    summary: 'Let the mail of a credential, a sender or a route leave from a pool',
    permission: 'routes:write',
    body: because.extend({
      pool: poolName,
      credential: z.string().min(1).max(64).nullable().default(null),
      senderRule: senderRuleText.nullable().default(null),
      route: z.string().min(1).max(64).nullable().default(null),
    }),
    status: 201,
    response: poolRule,
    problems: ['not-found', 'conflict'],
  }),
  removePoolRule: route({
    method: 'DELETE',
    path: '/api/v1/pool-rules/{id}',
    tag,
    summary: 'Remove a rule about pools',
    permission: 'routes:write',
    params: z.object({ id: z.uuid() }),
    body: because,
    status: 204,
    problems: ['not-found'],
  }),
};
