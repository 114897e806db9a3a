import { z } from 'zod';
import { role } from '../permission.ts';
import { route } from '../route.ts';
import { because, instant, page, pageQuery, sorted } from '../shapes.ts';

export const INVITATION_STATES = ['open', 'accepted', 'expired', 'revoked'] as const;

/** An invitation to an account. Its link is not in it: it is shown once. */
export const invitation = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role,
    state: z.enum(INVITATION_STATES),
    createdAt: instant,
    createdBy: z.string(),
    expiresAt: instant,
  })
  .meta({ id: 'Invitation' });
export type Invitation = z.output<typeof invitation>;

/** An invitation just made, with the token of its link: the only time that it is shown. */
export const newInvitation = z.object({ invitation, token: z.string() }).meta({ id: 'NewInvitation' });
export type NewInvitation = z.output<typeof newInvitation>;

const tag = 'Accounts';
const path = '/api/v1/invitations';
const token = z.string().min(1).max(100);

export const INVITATION_ROUTES = {
  listInvitations: route({
    method: 'GET',
    path,
    tag,
    summary: 'Invitations, the latest first',
    permission: 'accounts:read',
    query: pageQuery.extend({
      /** A part of the e-mail address or of the name. */
      contains: z.string().trim().min(1).max(254).optional(),
      state: z.enum(INVITATION_STATES).optional(),
      ...sorted(['created'], 'descending'),
    }),
    status: 200,
    response: page(invitation),
    problems: [],
  }),
  createInvitation: route({
    method: 'POST',
    path,
    tag,
    summary: 'Invite a person to an account; the token of the link is answered once',
    permission: 'accounts:write',
    body: z.object({
      email: z.email().max(254),
      name: z.string().trim().min(1).max(100),
      role,
      /** How long the link is good. */
      hours: z.int().min(1).max(720).default(72),
    }),
    status: 201,
    response: newInvitation,
    problems: ['conflict'],
  }),
  revokeInvitation: route({
    method: 'POST',
    path: `${path}/{id}/revoke`,
    tag,
    summary: 'Revoke an invitation: its link is good no longer',
    permission: 'accounts:write',
    params: z.object({ id: z.string().min(1).max(64) }),
    body: because,
    status: 200,
    response: invitation,
    problems: ['not-found', 'conflict'],
  }),
  showInvitation: route({
    method: 'POST',
    path: `${path}/show`,
    tag,
    summary: 'Whom an invitation is for, by the token of its link',
    permission: 'anyone',
    body: z.object({ token }),
    status: 200,
    response: z.object({ email: z.string(), name: z.string(), role, expiresAt: instant }),
    problems: ['not-found', 'too-many-requests'],
  }),
  acceptInvitation: route({
    method: 'POST',
    path: `${path}/accept`,
    tag,
    summary: "Make the account that an invitation is for, with a password of one's own; once",
    permission: 'anyone',
    body: z.object({ token, name: z.string().trim().min(1).max(100), password: z.string().min(8).max(128) }),
    status: 204,
    problems: ['not-found', 'conflict', 'too-many-requests'],
  }),
};
