import { z } from 'zod';
import { route } from '../route.ts';
import { because, instant, page, pageQuery } from '../shapes.ts';

export const CREDENTIAL_STATES = ['active', 'disabled', 'revoked'] as const;

/** A sender rule as one writes it: `a@example.org`, `@example.org`, `@*.example.org`. */
export const senderRuleText = z.string().trim().min(1).max(320);
/** A network as one writes it: an address, or a CIDR. */
export const cidrText = z.string().trim().min(2).max(49);

/** A submission credential. Its secret is not in it: nobody can read it again. */
export const credential = z
  .object({
    id: z.string(),
    /** The user name that clients authenticate with. */
    name: z.string(),
    state: z.enum(CREDENTIAL_STATES),
    senderRules: z.array(z.string()),
    /** The networks that it may be used from; empty for any. */
    networks: z.array(z.string()),
    createdAt: instant,
    expiresAt: instant.nullable(),
    lastUsedAt: instant.nullable(),
    lastUsedFrom: z.string().nullable(),
  })
  .meta({ id: 'Credential' });
export type Credential = z.output<typeof credential>;

/** A credential just made, with its secret: the only time that it is shown. */
export const newCredential = z.object({ credential, secret: z.string() }).meta({ id: 'NewCredential' });
export type NewCredential = z.output<typeof newCredential>;

const tag = 'Credentials';
/** The credential's id or its name. */
const params = z.object({ credential: z.string().min(1).max(64) });

export const CREDENTIAL_ROUTES = {
  listCredentials: route({
    method: 'GET',
    path: '/api/v1/credentials',
    tag,
    summary: 'Submission credentials, by name',
    permission: 'credentials:read',
    query: pageQuery.extend({
      state: z.enum(CREDENTIAL_STATES).optional(),
      name: z.string().min(1).max(64).optional(),
    }),
    status: 200,
    response: page(credential),
    problems: [],
  }),
  showCredential: route({
    method: 'GET',
    path: '/api/v1/credentials/{credential}',
    tag,
    summary: 'One submission credential',
    permission: 'credentials:read',
    params,
    status: 200,
    response: credential,
    problems: ['not-found'],
  }),
  createCredential: route({
    method: 'POST',
    path: '/api/v1/credentials',
    tag,
    summary: 'Create a submission credential; its secret is answered once',
    permission: 'credentials:write',
    body: z.object({
      name: z.string().trim().min(1).max(64),
      senderRules: z.array(senderRuleText).min(1).max(1000),
      networks: z.array(cidrText).max(1000).default([]),
      expiresAt: instant.nullable().default(null),
    }),
    status: 201,
    response: newCredential,
    problems: ['conflict'],
  }),
  disableCredential: command('disable', 'Disable a credential: it is refused until it is enabled again'),
  enableCredential: command('enable', 'Enable a disabled credential'),
  revokeCredential: command('revoke', 'Revoke a credential for good'),
};

function command<const Verb extends string>(verb: Verb, summary: string) {
  return route({
    method: 'POST',
    path: `/api/v1/credentials/{credential}/${verb}`,
    tag,
    summary,
    permission: 'credentials:write',
    params,
    body: because,
    status: 200,
    response: credential,
    problems: ['not-found', 'conflict'],
  });
}
