import { account } from '@postern/admin-contract';
import type { BetterAuthPlugin } from 'better-auth';
import { APIError, createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';

/**
 * Teaches the library of sessions to open one for a person who was proven by us. It has no path, and is a function of the
 * server alone: whoever calls it has checked who is there.
 */
export function provenSignIn() {
  return {
    id: 'proven-sign-in',
    endpoints: {
      signInProven: createAuthEndpoint({ method: 'POST', body: account.pick({ id: true }) }, async (context) => {
        const { internalAdapter } = context.context;
        const user = await internalAdapter.findUserById(context.body.id);
        if (!user) throw new APIError('UNAUTHORIZED', { message: 'no such person' });
        await setSessionCookie(context, { session: await internalAdapter.createSession(user.id), user });
      }),
    },
  } satisfies BetterAuthPlugin;
}
