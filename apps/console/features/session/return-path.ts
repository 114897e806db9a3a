/** The request header in which proxy.ts tells the pages their own path; set for every page, whatever the client sent. */
export const PATH_HEADER = 'x-postern-path';

const NOWHERE = 'http://console.invalid';

/**
 * Where to go after signing in: a path of this console, never another place.
 *
 * `/messages?state=deferred` is kept. `//example.com`, `/\example.com`, `https://example.com`, `javascript:…` and the
 * sign-in page itself become `/`.
 */
export function safeReturnPath(wanted: string | undefined): string {
  if (!wanted?.startsWith('/')) return '/';
  // Browsers read a backslash as a slash, and skip tabs and line ends.
  // oxlint-disable-next-line no-control-regex
  if (/[\\\u0000-\u001f\u007f]/.test(wanted)) return '/';
  const url = URL.parse(wanted, NOWHERE);
  if (!url || url.origin !== NOWHERE || wanted.startsWith('//')) return '/';
  const path = url.pathname + url.search;
  return path.startsWith('//') || /^\/(sign-in|api)(\/|$)/.test(url.pathname) ? '/' : path;
}

/** The sign-in page's address that brings the viewer back to where they were. */
export function signInPath(from: string): string {
  const path = safeReturnPath(from);
  return path === '/' ? '/sign-in' : `/sign-in?return=${encodeURIComponent(path)}`;
}
