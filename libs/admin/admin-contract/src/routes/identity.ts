import { z } from 'zod';
import { route } from '../route.ts';
import { because, instant } from '../shapes.ts';

/** So many identities a credential has at most: who needs more has more than one credential's worth of clients. */
export const MOST_IDENTITIES = 100;

export const IDENTITY_KINDS = ['certificate', 'token', 'subject'] as const;

/** What else than its secret shows that a client is a credential's. */
export const identity = z
  .object({
    id: z.string(),
    kind: z.enum(IDENTITY_KINDS),
    /** Of a certificate its SHA-256 fingerprint in hex, or its subject; of a token what its claim says. */
    value: z.string(),
    createdAt: instant,
  })
  .meta({ id: 'Identity' });
export type Identity = z.output<typeof identity>;

const tag = 'Credentials';
/** The credential's id or its name. */
const credential = z.string().min(1).max(64);

export const IDENTITY_ROUTES = {
  listIdentities: route({
    method: 'GET',
    path: '/api/v1/credentials/{credential}/identities',
    tag,
    summary: `The client certificates and token claims that are bound to a credential, all of them: ${MOST_IDENTITIES} at most`,
    permission: 'credentials:read',
    params: z.object({ credential }),
    status: 200,
    response: z.object({ items: z.array(identity) }),
    problems: ['not-found'],
  }),
  addIdentity: route({
    method: 'POST',
    path: '/api/v1/credentials/{credential}/identities',
    tag,
    summary: 'Bind a client certificate or a token claim to a credential',
    permission: 'credentials:write',
    params: z.object({ credential }),
    body: z.object({ kind: z.enum(IDENTITY_KINDS), value: z.string().trim().min(1).max(255) }),
    status: 201,
    response: identity,
    problems: ['not-found', 'conflict'],
  }),
  removeIdentity: route({
    method: 'DELETE',
    path: '/api/v1/credentials/{credential}/identities/{identity}',
    tag,
    summary: 'Bind it no longer',
    permission: 'credentials:write',
    params: z.object({ credential, identity: z.string().min(1).max(64) }),
    body: because,
    status: 204,
    problems: ['not-found'],
  }),
};
