import { z } from 'zod';
import { permission } from '../permission.ts';
import { route } from '../route.ts';
import { because, instant, page, pageQuery, sorted } from '../shapes.ts';

/** An API key. Its text is not in it: nobody can read it again. */
export const apiKey = z
  .object({
    id: z.string(),
    name: z.string(),
    state: z.enum(['active', 'expired', 'revoked']),
    /** What a program with this key may do. */
    permissions: z.array(permission),
    createdAt: instant,
    createdBy: z.string(),
    expiresAt: instant.nullable(),
    lastUsedAt: instant.nullable(),
    lastUsedFrom: z.string().nullable(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.output<typeof apiKey>;

/** A key just made, with its text: the only time that it is shown. */
export const newApiKey = z.object({ apiKey, key: z.string() }).meta({ id: 'NewApiKey' });
export type NewApiKey = z.output<typeof newApiKey>;

const tag = 'API keys';
const path = '/api/v1/api-keys';
/** The key's id or its name. */
const params = z.object({ apiKey: z.string().min(1).max(64) });

export const API_KEY_ROUTES = {
  listApiKeys: route({
    method: 'GET',
    path,
    tag,
    summary: 'API keys, by name',
    permission: 'api-keys:read',
    query: pageQuery.extend({
      /** A part of the name. */
      name: z.string().trim().min(1).max(64).optional(),
      ...sorted(['name', 'created'], 'ascending'),
    }),
    status: 200,
    response: page(apiKey),
    problems: [],
  }),
  createApiKey: route({
    method: 'POST',
    path,
    tag,
    summary: 'Create an API key with permissions that one has oneself; its text is answered once',
    permission: 'api-keys:write',
    body: z.object({
      name: z
        .string()
        .trim()
        .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,63}$/u, 'Letters, digits, space and . _ @ -, 64 at most'),
      permissions: z.array(permission).min(1).max(100),
      expiresAt: instant.nullable().default(null),
    }),
    status: 201,
    response: newApiKey,
    problems: ['conflict'],
  }),
  revokeApiKey: route({
    method: 'POST',
    path: `${path}/{apiKey}/revoke`,
    tag,
    summary: 'Revoke an API key for good',
    permission: 'api-keys:write',
    params,
    body: because,
    status: 200,
    response: apiKey,
    problems: ['not-found', 'conflict'],
  }),
};
