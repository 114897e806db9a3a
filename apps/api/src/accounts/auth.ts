import { hashPassword, MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '@postern/administration';
import type { Role } from '@postern/admin-contract';
import type { Logger } from '@postern/observability';
import { betterAuth, type BetterAuthOptions } from 'better-auth';
import { APIError } from 'better-auth/api';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { comparePassword } from './compared-password.ts';
import { provenSignIn } from './proven-sign-in.ts';

export interface AuthOptions {
  /** A pool of connections to PostgreSQL. */
  readonly database: BetterAuthOptions['database'];
  /** Signs the session's cookie. */
  readonly sessionKey: Buffer;
  readonly log: Logger;
  /** The organisation's OpenID provider; undefined: there is none. */
  readonly singleSignOn: SingleSignOnOptions | undefined;
}

export interface SingleSignOnOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly consoleUrl: string;
  /** What of an identity becomes of a person; undefined: they stay out. */
  readonly personOf: (claims: Readonly<Record<string, unknown>>) => Promise<{ readonly role: Role } | undefined>;
}

/** The provider's name among the ways to sign in. */
export const SINGLE_SIGN_ON = 'single-sign-on';
const CALLBACK_PATH = '/api/v1/session/single-sign-on/callback';

/** The header in which we tell the library the client's address; whatever a client sends in it is not passed on. */
export const CLIENT_ADDRESS_HEADER = 'x-postern-client-address';

/** Between the password and the code. */
const SECOND_STEP_SECONDS = 5 * 60;

/** Idle for so long, a session ends. */
const SESSION_SECONDS = 12 * 60 * 60;

export type Auth = ReturnType<typeof createAuth>;

/**
 * The library of accounts and sessions, on our tables (prisma/schema/accounts.prisma). Only its server functions are used:
 * none of its routes is served, so nothing can be asked of it that our contract does not name.
 */
export function createAuth({ database, sessionKey, log, singleSignOn }: AuthOptions) {
  return betterAuth({
    database,
    // It makes one link of its own, back from the single sign-on, and that is configured.
    baseURL: singleSignOn?.consoleUrl ?? 'http://127.0.0.1',
    basePath: '/api/auth',
    secret: sessionKey.toString('base64url'),
    telemetry: { enabled: false },
    logger: {
      level: 'warn',
      log: (level, message) => log[level === 'error' ? 'error' : 'debug']({ library: 'better-auth' }, message),
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD_LENGTH,
      maxPasswordLength: MAX_PASSWORD_LENGTH,
      password: {
        hash: hashPassword,
        verify: comparePassword,
      },
    },
    user: {
      modelName: 'people',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
      // Given by the identity of a single sign-on; no route takes it from anyone else.
      additionalFields: { role: { type: 'string', required: true, input: true } },
    },
    session: {
      modelName: 'sessions',
      fields: {
        userId: 'person_id',
        expiresAt: 'expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
        ipAddress: 'address',
        userAgent: 'user_agent',
      },
      expiresIn: SESSION_SECONDS,
      updateAge: SESSION_SECONDS / 24,
    },
    account: {
      // An account that has a password is joined by a verified address alone.
      accountLinking: { enabled: true, trustedProviders: [] },
      modelName: 'sign_in_methods',
      fields: {
        userId: 'person_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'verifications',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    plugins: [
      ...(singleSignOn ? [openIdProvider(singleSignOn)] : []),
      provenSignIn(),
      twoFactor({
        issuer: 'Postern',
        // Whoever comes by single sign-on has no password to confirm with.
        allowPasswordless: true,
        twoFactorCookieMaxAge: SECOND_STEP_SECONDS,
        totpOptions: { digits: 6, period: 30 },
        backupCodeOptions: { storeBackupCodes: 'encrypted', amount: 10, length: 16 },
        accountLockout: { enabled: true, maxFailedAttempts: 10, durationSeconds: 15 * 60 },
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'second_factors',
            fields: {
              backupCodes: 'backup_codes',
              userId: 'person_id',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
    ],
    // Tokens of the provider serve the sign-in, and are not kept.
    databaseHooks: { account: { create: { before: withoutTokens }, update: { before: withoutTokens } } },
    // Tries to sign in are counted by our own verb, across all processes.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'postern',
      // One name for each, however the browser comes: cookies.ts makes it safe where it leaves us.
      useSecureCookies: false,
      database: { generateId: 'uuid' },
      // The browser comes back from the provider, another site, and must show it then.
      cookies: { state: { attributes: { sameSite: 'lax' } } },
      defaultCookieAttributes: { sameSite: 'strict', httpOnly: true, path: '/' },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
    },
  });
}

/** By discovery; the identity is believed by its signed and verified token alone (OpenID Connect Core §3.1.3.7). */
function openIdProvider({ issuer, clientId, clientSecret, consoleUrl, personOf }: SingleSignOnOptions) {
  return genericOAuth({
    config: [
      {
        providerId: SINGLE_SIGN_ON,
        discoveryUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
        clientId,
        clientSecret,
        scopes: ['openid', 'email', 'profile'],
        pkce: true,
        requireIdTokenVerification: true,
        redirectURI: `${consoleUrl}${CALLBACK_PATH}`,
        mapProfileToUser: async (claims) => {
          const person = await personOf({ ...claims });
          if (!person) throw new APIError('FORBIDDEN', { message: 'no role', code: 'NO_ROLE' });
          return { name: claims.name ?? claims.email ?? 'nobody said', ...person };
        },
      },
    ],
  });
}

function withoutTokens<Given extends object>(given: Given) {
  return Promise.resolve({ data: { ...given, accessToken: null, refreshToken: null, idToken: null } });
}
