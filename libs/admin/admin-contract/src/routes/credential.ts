import { z } from 'zod';
import { route } from '../route.ts';
import { because, instant, page, pageQuery, reason, sorted } from '../shapes.ts';
import { releaseBody, releasedMail, SETTINGS, submitterSettings, submitterView } from './submitter.ts';

export const CREDENTIAL_STATES = ['active', 'disabled', 'revoked'] as const;

/** A sender rule as one writes it: `a@example.org`, `@example.org`, `@*.example.org`. */
export const senderRuleText = z.string().trim().min(1).max(320);
/** A network as one writes it: an address, or a CIDR. */
export const cidrText = z.string().trim().min(2).max(49);

/** What is known of one secret of a credential. */
export const credentialSecret = z
  .object({
    id: z.string(),
    createdAt: instant,
    lastUsedAt: instant.nullable(),
    lastUsedFrom: z.string().nullable(),
    /** When a newer one took its place. */
    replacedAt: instant.nullable(),
    /** Once replaced, it is retired when it was not used for so many days. */
    retireUnusedDays: z.int().nullable(),
    /** When it is retired, or was. */
    expiresAt: instant.nullable(),
  })
  .meta({ id: 'CredentialSecret' });
export type CredentialSecret = z.output<typeof credentialSecret>;

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
    ...submitterView,
    /** Its secrets, the latest first: two while one is being rotated. */
    secrets: z.array(credentialSecret),
  })
  .meta({ id: 'Credential' });
export type Credential = z.output<typeof credential>;

/** A credential just made, with its secret: the only time that it is shown. */
export const newCredential = z.object({ credential, secret: z.string() }).meta({ id: 'NewCredential' });
export type NewCredential = z.output<typeof newCredential>;

/** A credential that was taken out of use, and what became of the mail that waited. */
export const withdrawnCredential = credential
  .extend({
    /** Its recipients that waited or were held when it was asked. */
    waiting: z.int().nonnegative(),
    /** How many of them were held or cancelled. */
    moved: z.int().nonnegative(),
  })
  .meta({ id: 'WithdrawnCredential' });
export type WithdrawnCredential = z.output<typeof withdrawnCredential>;

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
      ...sorted(['name', 'created'], 'ascending'),
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
    version: ['id', 'name', 'state', 'senderRules', 'networks', 'expiresAt', ...SETTINGS],
    audited: 'credential',
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
      ...submitterSettings,
    }),
    status: 201,
    response: newCredential,
    problems: ['conflict'],
  }),
  updateCredential: route({
    method: 'POST',
    path: '/api/v1/credentials/{credential}/update',
    changes: 'showCredential',
    tag,
    summary: 'Change settings of a credential; what is left out stays',
    permission: 'credentials:write',
    params,
    body: z.object({
      senderRules: z.array(senderRuleText).min(1).max(1000).optional(),
      networks: z.array(cidrText).max(1000).optional(),
      expiresAt: instant.nullable().optional(),
      ...submitterSettings,
      reason: reason.optional(),
    }),
    status: 200,
    response: credential,
    problems: ['not-found', 'conflict'],
  }),
  rotateCredential: route({
    method: 'POST',
    path: '/api/v1/credentials/{credential}/rotate',
    tag,
    summary: 'Give a credential a new secret; the old one stays good until it is retired',
    permission: 'credentials:write',
    params,
    body: z.object({
      /** The old secret is retired when it was not used for so many days. */
      retireUnusedDays: z.int().min(1).max(3650).optional(),
      /** The old secret is retired then, used or not. */
      retireAt: instant.optional(),
      /** Every old secret is retired at once. */
      retireNow: z.boolean().default(false),
      reason: reason.optional(),
    }),
    status: 200,
    response: newCredential,
    problems: ['not-found', 'conflict'],
  }),
  retireSecret: route({
    method: 'POST',
    path: '/api/v1/credentials/{credential}/secrets/{secret}/retire',
    tag,
    summary: 'Retire one secret of a credential: it is refused from now on',
    permission: 'credentials:write',
    params: params.extend({ secret: z.uuid() }),
    body: because,
    status: 200,
    response: credential,
    problems: ['not-found', 'conflict'],
  }),
  releaseCredential: route({
    method: 'POST',
    path: '/api/v1/credentials/{credential}/release',
    tag,
    summary: 'Release a credential whose new mail the abuse guard holds',
    permission: 'credentials:write',
    params,
    body: releaseBody,
    status: 200,
    response: releasedMail,
    problems: ['not-found', 'conflict'],
  }),
  enableCredential: command('enable', 'Enable a disabled credential'),
  disableCredential: withdrawal(
    'disable',
    'Disable a credential: its sessions end, and it is refused until it is enabled again',
  ),
  revokeCredential: withdrawal('revoke', 'Revoke a credential for good: its sessions end'),
};

/** Takes a credential out of use, and the mail that it has queued out of the way if wanted. */
function withdrawal<const Verb extends string>(verb: Verb, summary: string) {
  return route({
    method: 'POST',
    path: `/api/v1/credentials/{credential}/${verb}`,
    tag,
    summary,
    permission: 'credentials:write',
    params,
    body: z.object({
      reason: reason.optional(),
      /** What becomes of its mail that waits: `hold` it, or `purge` (cancel) it and what is held of it. */
      queue: z.enum(['keep', 'hold', 'purge']).default('keep'),
      /** Only count. */
      dryRun: z.boolean().default(false),
    }),
    status: 200,
    response: withdrawnCredential,
    problems: ['not-found', 'conflict'],
  });
}

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
