import { z } from 'zod';
import { role } from '../permission.ts';
import { route } from '../route.ts';
import { because, instant, page, pageQuery, sorted } from '../shapes.ts';

/** A person's account. */
export const account = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role,
    createdAt: instant,
    /** Sessions that hold now, and when one was last begun. */
    sessions: z.int().nonnegative(),
    lastSignInAt: instant.nullable(),
    /** How it signs in beyond a password: an authenticator app, passkeys, the organisation's single sign-on. */
    authenticatorApp: z.boolean(),
    passkeys: z.int().nonnegative(),
    singleSignOn: z.boolean(),
  })
  .meta({ id: 'Account' });
export type Account = z.output<typeof account>;

/** An account with a password that was just made: the only time that it is shown. */
export const newPassword = z.object({ account, password: z.string() }).meta({ id: 'NewPassword' });
export type NewPassword = z.output<typeof newPassword>;

const tag = 'Accounts';
const path = '/api/v1/accounts';
/** The account's id or its e-mail address. */
const params = z.object({ account: z.string().min(1).max(254) });

export const ACCOUNT_ROUTES = {
  listAccounts: route({
    method: 'GET',
    path,
    tag,
    summary: 'People who may sign in, by e-mail address',
    permission: 'accounts:read',
    query: pageQuery.extend({
      /** A part of the e-mail address or of the name. */
      contains: z.string().trim().min(1).max(254).optional(),
      role: role.optional(),
      ...sorted(['email'], 'ascending'),
    }),
    status: 200,
    response: page(account),
    problems: [],
  }),
  createAccount: route({
    method: 'POST',
    path,
    tag,
    summary: 'Make an account; its first password is answered once',
    permission: 'accounts:write',
    body: z.object({ email: z.email().max(254), name: z.string().trim().min(1).max(100), role }),
    status: 201,
    response: newPassword,
    problems: ['conflict'],
  }),
  showAccount: route({
    method: 'GET',
    path: `${path}/{account}`,
    tag,
    summary: 'One account',
    permission: 'accounts:read',
    params,
    status: 200,
    response: account,
    version: ['id', 'email', 'name', 'role'],
    audited: 'account',
    problems: ['not-found'],
  }),
  setAccountRole: route({
    method: 'POST',
    changes: 'showAccount',
    path: `${path}/{account}/role`,
    tag,
    summary: 'Give an account another role',
    permission: 'accounts:write',
    params,
    body: because.extend({ role }),
    status: 200,
    response: account,
    problems: ['not-found', 'conflict'],
  }),
  resetAccountPassword: route({
    method: 'POST',
    path: `${path}/{account}/reset-password`,
    tag,
    summary: 'Give an account a new password, answered once; its sessions end',
    permission: 'accounts:write',
    params,
    body: because,
    status: 200,
    response: newPassword,
    problems: ['not-found'],
  }),
  resetSecondFactor: route({
    method: 'POST',
    path: `${path}/{account}/reset-second-factor`,
    tag,
    summary: 'Take the authenticator app, the recovery codes and the passkeys off an account; its sessions end',
    permission: 'accounts:write',
    params,
    body: because,
    status: 200,
    response: account,
    problems: ['not-found'],
  }),
  endAccountSessions: route({
    method: 'POST',
    path: `${path}/{account}/end-sessions`,
    tag,
    summary: 'End all sessions of an account',
    permission: 'accounts:write',
    params,
    body: because,
    status: 200,
    response: account,
    problems: ['not-found'],
  }),
  removeAccount: route({
    method: 'POST',
    path: `${path}/{account}/remove`,
    tag,
    summary: 'Remove an account; its sessions end',
    permission: 'accounts:write',
    params,
    body: because,
    status: 204,
    problems: ['not-found', 'conflict'],
  }),
};
