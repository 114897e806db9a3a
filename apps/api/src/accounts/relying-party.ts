import { isIP } from 'node:net';

/** Whom passkeys are made for (Web Authentication Level 3 §5.4.2): the console, by the name that people reach it under. */
export interface RelyingParty {
  /** The name that a key is bound to: `postern.example.org`. */
  readonly id: string;
  /** Where a browser must be when it signs: `https://postern.example.org`. */
  readonly origin: string;
}

/**
 * Who the console is for a browser, by its configured address; never by what a request says of itself.
 *
 * An address without a name is nobody: no browser makes a key for `127.0.0.1` (Web Authentication Level 3 §5.1.3, step 8).
 */
export function relyingPartyOf(consoleUrl: string | undefined): RelyingParty | undefined {
  if (consoleUrl === undefined) return undefined;
  const { hostname, origin } = new URL(consoleUrl);
  return isIP(hostname) !== 0 || hostname.startsWith('[') ? undefined : { id: hostname, origin };
}
