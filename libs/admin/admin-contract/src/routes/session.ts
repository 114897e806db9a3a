import { z } from 'zod';
import { permission, role } from '../permission.ts';
import { route } from '../route.ts';
import { instant } from '../shapes.ts';

/** Who is signed in, and what they may do. */
export const session = z
  .object({
    person: z.object({ id: z.string(), email: z.string(), name: z.string() }),
    role,
    permissions: z.array(permission),
    expiresAt: instant,
  })
  .meta({ id: 'Session' });
export type Session = z.output<typeof session>;

const tag = 'Session';
const path = '/api/v1/session';

export const SESSION_ROUTES = {
  signIn: route({
    method: 'POST',
    path,
    tag,
    summary: 'Sign in with e-mail address and password; the session comes as a cookie',
    permission: 'anyone',
    body: z.object({ email: z.string().min(3).max(254), password: z.string().min(1).max(128) }),
    status: 200,
    response: session,
    problems: ['sign-in-refused', 'second-step-needed', 'too-many-requests'],
  }),
  whoAmI: route({
    method: 'GET',
    path,
    tag,
    summary: 'Who is signed in, and what they may do',
    permission: 'signed-in',
    status: 200,
    response: session,
    problems: [],
  }),
  signOut: route({
    method: 'DELETE',
    path,
    tag,
    summary: 'Sign out: the session ends, here and on the server',
    permission: 'signed-in',
    status: 204,
    problems: [],
  }),
  changePassword: route({
    method: 'POST',
    path: `${path}/password`,
    tag,
    summary: "Change one's own password; one's other sessions end",
    permission: 'signed-in',
    body: z.object({ current: z.string().min(1).max(128), wanted: z.string().min(8).max(128) }),
    status: 204,
    problems: ['sign-in-refused', 'too-many-requests'],
  }),
};
