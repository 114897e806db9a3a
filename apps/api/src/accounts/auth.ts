import { hashPassword, MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, verifyPassword } from '@postern/administration';
import type { Logger } from '@postern/observability';
import { betterAuth, type BetterAuthOptions } from 'better-auth';

export interface AuthOptions {
  /** A pool of connections to PostgreSQL. */
  readonly database: BetterAuthOptions['database'];
  /** Signs the session's cookie. */
  readonly sessionKey: Buffer;
  readonly log: Logger;
}

/** The header in which we tell the library the client's address; whatever a client sends in it is not passed on. */
export const CLIENT_ADDRESS_HEADER = 'x-postern-client-address';

/** Idle for so long, a session ends. */
const SESSION_SECONDS = 12 * 60 * 60;

export type Auth = ReturnType<typeof createAuth>;

/**
 * The library of accounts and sessions, on our tables (prisma/schema/accounts.prisma). Only its server functions are used:
 * none of its routes is served, so nothing can be asked of it that our contract does not name.
 */
export function createAuth({ database, sessionKey, log }: AuthOptions) {
  return betterAuth({
    database,
    // The library wants an address of its own to make links from; it makes none here.
    baseURL: 'http://127.0.0.1',
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
        verify: ({ hash, password }) => verifyPassword(hash, password),
      },
    },
    user: {
      modelName: 'people',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
      additionalFields: { role: { type: 'string', required: true, input: false } },
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
    // Tries to sign in are counted by our own verb, across all processes.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'postern',
      database: { generateId: 'uuid' },
      defaultCookieAttributes: { sameSite: 'strict', httpOnly: true, path: '/' },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
    },
  });
}
