import { z } from 'zod';
import { route } from '../route.ts';
import { instant } from '../shapes.ts';
import { passkey, PASSKEY_ROUTES } from './passkey.ts';
import { session } from './session.ts';

/** One's own session, as one would know it again. */
export const ownSession = z
  .object({
    id: z.string(),
    /** Whether it is the one that asks. */
    current: z.boolean(),
    createdAt: instant,
    /** When it was last prolonged: it is used in the half hour after. */
    usedAt: instant,
    expiresAt: instant,
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
  })
  .meta({ id: 'OwnSession' });
export type OwnSession = z.output<typeof ownSession>;

/** How one's own account is kept. */
export const ownSecurity = z
  .object({
    hasPassword: z.boolean(),
    authenticatorApp: z.boolean(),
    passkeys: z.array(passkey),
    singleSignOn: z.boolean(),
    sessions: z.array(ownSession),
  })
  .meta({ id: 'OwnSecurity' });
export type OwnSecurity = z.output<typeof ownSecurity>;

export const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()) }).meta({ id: 'RecoveryCodes' });
export type RecoveryCodes = z.output<typeof recoveryCodes>;

/** An authenticator app that is being set up: it counts once a code of it was shown. */
export const newAuthenticator = recoveryCodes
  .extend({ uri: z.string(), secret: z.string() })
  .meta({ id: 'NewAuthenticator' });
export type NewAuthenticator = z.output<typeof newAuthenticator>;

const tag = 'Session';
const path = '/api/v1/session';
/** Needed where the account has a password. */
const confirmed = z.object({ password: z.string().min(1).max(128).optional() });

export const SECURITY_ROUTES = {
  ...PASSKEY_ROUTES,
  waysToSignIn: route({
    method: 'GET',
    path: `${path}/ways`,
    tag,
    summary: 'How one may sign in here beyond a password',
    permission: 'anyone',
    status: 200,
    response: z.object({
      /** What the single sign-on is called; null: there is none. */
      singleSignOn: z.string().nullable(),
      /** The console's own address, at which alone passkeys work; null: it has none, or one without a name. */
      passkeysAt: z.string().nullable(),
    }),
    problems: [],
  }),
  secondStep: route({
    method: 'POST',
    path: `${path}/second-step`,
    tag,
    summary: 'Go on with a sign-in that needs a second step: a code of the authenticator app, or a recovery code',
    permission: 'anyone',
    body: z.object({ code: z.string().trim().min(6).max(64) }),
    status: 200,
    response: session,
    problems: ['sign-in-refused', 'too-many-requests'],
  }),
  showSecurity: route({
    method: 'GET',
    path: `${path}/security`,
    tag,
    summary: "How one's own account is kept, and its sessions",
    permission: 'signed-in',
    status: 200,
    response: ownSecurity,
    problems: [],
  }),
  startAuthenticator: route({
    method: 'POST',
    path: `${path}/authenticator`,
    tag,
    summary: 'Set up an authenticator app; its secret and the recovery codes are answered once',
    permission: 'signed-in',
    body: confirmed,
    status: 200,
    response: newAuthenticator,
    problems: ['sign-in-refused', 'conflict', 'too-many-requests'],
  }),
  confirmAuthenticator: route({
    method: 'POST',
    path: `${path}/authenticator/confirm`,
    tag,
    summary: 'Show a code of the app that is being set up: from now on signing in asks for one; other sessions end',
    permission: 'signed-in',
    body: z.object({
      code: z
        .string()
        .trim()
        .regex(/^\d{6}$/, 'Expected six digits'),
    }),
    status: 204,
    problems: ['sign-in-refused', 'conflict', 'too-many-requests'],
  }),
  removeAuthenticator: route({
    method: 'POST',
    path: `${path}/authenticator/remove`,
    tag,
    summary: 'Sign in without an authenticator app again; its recovery codes are gone with it',
    permission: 'signed-in',
    body: confirmed,
    status: 204,
    problems: ['sign-in-refused', 'conflict', 'too-many-requests'],
  }),
  renewRecoveryCodes: route({
    method: 'POST',
    path: `${path}/recovery-codes`,
    tag,
    summary: 'New recovery codes, answered once; the old ones are good no longer',
    permission: 'signed-in',
    body: confirmed,
    status: 200,
    response: recoveryCodes,
    problems: ['sign-in-refused', 'conflict', 'too-many-requests'],
  }),
  endOwnSession: route({
    method: 'DELETE',
    path: `${path}/sessions/{id}`,
    tag,
    summary: "End one of one's own sessions",
    permission: 'signed-in',
    params: z.object({ id: z.string().min(1).max(64) }),
    status: 204,
    problems: ['not-found'],
  }),
  endOtherSessions: route({
    method: 'POST',
    path: `${path}/sessions/end-others`,
    tag,
    summary: "End all of one's own sessions but this one",
    permission: 'signed-in',
    status: 200,
    response: z.object({ sessions: z.int() }),
    problems: [],
  }),
};
