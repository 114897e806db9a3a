import { signInPath } from './return-path.ts';

/** Leaves the page for the sign-in page, to come back here afterwards. Loads it anew, so that nothing seen before stays. */
export function leaveForSignIn(): void {
  const { pathname, search } = window.location;
  window.location.assign(signInPath(pathname + search));
}
