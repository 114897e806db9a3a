import 'server-only';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { createAdminClient, type AdminClient, type Result } from '@postern/admin-client';
import type { Problem, Session } from '@postern/admin-contract';
import { PATH_HEADER, signInPath } from '../features/session/return-path.ts';
import { apiUrl } from './api-url.ts';

export type Asked<T> =
  { readonly value: T; readonly problem?: undefined } | { readonly problem: Problem; readonly value?: undefined };

/**
 * Asks the API in the viewer's name, with the cookie of their request and nothing else of it.
 *
 * A viewer without a session goes to the sign-in page and comes back; any other problem is answered for the page to show.
 */
export async function ask<T>(question: (api: AdminClient) => Promise<Result<T>>): Promise<Asked<T>> {
  const incoming = await headers();
  const result = await question(clientFor(incoming));
  if ('ok' in result) return { value: result.ok };
  if (result.problem.code === 'not-signed-in') redirect(signInPath(incoming.get(PATH_HEADER) ?? '/'));
  return { problem: result.problem };
}

/** Who is signed in, asked once for each request. */
export const viewerSession: () => Promise<Asked<Session>> = cache(() => ask((api) => api.whoAmI()));

/** Whether the viewer has a session already; not when the API cannot say. */
export async function isSignedIn(): Promise<boolean> {
  return 'ok' in (await clientFor(await headers()).whoAmI());
}

/** How one may sign in beyond a password; nothing is offered when the API cannot say. */
export async function waysToSignIn(): Promise<{
  readonly singleSignOn: string | null;
  readonly passkeysAt: string | null;
}> {
  const result = await clientFor(await headers()).waysToSignIn();
  return 'ok' in result ? result.ok : { singleSignOn: null, passkeysAt: null };
}

function clientFor(incoming: Headers): AdminClient {
  return createAdminClient({
    baseUrl: apiUrl(),
    headers: {
      cookie: incoming.get('cookie') ?? '',
      'x-forwarded-for': incoming.get('x-forwarded-for') ?? '',
      'x-forwarded-proto': incoming.get('x-forwarded-proto') ?? '',
      'user-agent': incoming.get('user-agent') ?? '',
    },
  });
}
