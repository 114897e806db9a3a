import { browserApi } from '../../live/browser-api.ts';

/** Ends the session and leaves for the sign-in page; answers what went wrong when it could not be ended. */
export async function signOut(): Promise<string | undefined> {
  const result = await browserApi.signOut();
  if ('problem' in result && result.problem.code !== 'not-signed-in')
    return `You are still signed in: ${result.problem.title.toLowerCase()}. Try again.`;
  window.location.assign('/sign-in');
  return undefined;
}
