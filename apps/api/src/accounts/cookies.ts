import type { Client } from './sessions.ts';

/**
 * What keeps a cookie from being planted: a browser takes one with this name over TLS only, from this very host, for all of
 * its paths (RFC 6265bis §4.1.3.2). A neighbour under the same domain can set one without it.
 */
const HOST_ONLY = '__Host-';

/** A cookie to set, as safe as the browser's way to us allows. */
export function securedAs(setCookie: string, { secure }: Pick<Client, 'secure'>): string {
  return secure ? `${HOST_ONLY}${setCookie}; Secure` : setCookie;
}

/**
 * The Cookie header with the names that we gave; `only` leaves no other name in it.
 *
 * Over TLS a cookie counts with the prefix alone. Pages are built without TLS between the console and the API: there one with
 * the prefix counts before any without.
 */
export function sentCookies({ cookie, secure }: Pick<Client, 'cookie' | 'secure'>, only?: string): string | undefined {
  const all = (cookie ?? '').split(';').map((each) => each.trim());
  const hostOnly = all.filter((each) => each.startsWith(HOST_ONLY)).map((each) => each.slice(HOST_ONLY.length));
  const ours = secure || hostOnly.some((each) => each.startsWith('postern.')) ? hostOnly : all;
  const counted = only === undefined ? ours : ours.filter((each) => each.startsWith(`${only}=`));
  return counted.join('; ') || undefined;
}
