import { createRemoteJWKSet, customFetch } from 'jose';
import { boundedFetch, ProviderUnavailable, TIMEOUT_MS } from './bounded-fetch.ts';

/** Finds the key that a token says it was signed with. */
export type KeyFinder = ReturnType<typeof createRemoteJWKSet>;

/** A key that nobody knows has the keys fetched again, so often at most. */
const COOLDOWN_MS = 30_000;
/** Keys that the provider has withdrawn are believed no longer than this. */
const KEYS_GOOD_MS = 10 * 60_000;
/** Where the keys are is asked again after so long. */
const DISCOVERY_GOOD_MS = 60 * 60_000;
/** A provider that does not answer is left alone for a moment. */
const RETRY_AFTER_MS = 1_000;

/**
 * The keys of a provider, found by its discovery document (OpenID Connect Discovery 1.0 §4). Asked for when the first token
 * comes, remembered, and asked for again when they are old; also a failure is remembered, for a moment.
 */
export class ProviderKeys {
  readonly #issuer: string;
  #known: { readonly finder: Promise<KeyFinder>; readonly until: number } | undefined;
  #last: KeyFinder | undefined;

  constructor(issuer: string) {
    this.#issuer = issuer;
  }

  /** Rejects with ProviderUnavailable. */
  finder(): Promise<KeyFinder> {
    const now = performance.now();
    if (this.#known && now < this.#known.until) return this.#known.finder;
    const finder = this.#discover();
    this.#known = { finder, until: now + DISCOVERY_GOOD_MS };
    finder.catch(() => (this.#known = { finder, until: performance.now() + RETRY_AFTER_MS }));
    return finder;
  }

  async #discover(): Promise<KeyFinder> {
    try {
      this.#last = keysAt(await jwksUri(this.#issuer));
    } catch (cause) {
      // The keys that were found before are good for as long as they are remembered.
      if (!this.#last) throw cause;
    }
    return this.#last;
  }
}

async function jwksUri(issuer: string): Promise<URL> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await boundedFetch(url);
  const document: unknown = await response.json().catch(() => undefined);
  const said = typeof document === 'object' && document !== null ? document : {};
  // §4.3: the issuer must be exactly the one that was asked.
  if (Reflect.get(said, 'issuer') !== issuer)
    throw new ProviderUnavailable(
      `${url} is not about ${issuer}, but ${String(Reflect.get(said, 'issuer')).slice(0, 200)}`,
    );
  const uri: unknown = Reflect.get(said, 'jwks_uri');
  if (typeof uri !== 'string' || !URL.canParse(uri)) throw new ProviderUnavailable(`${url} names no jwks_uri`);
  const found = new URL(uri);
  // Keys that came in clear could be anyone's; where the issuer itself is asked in clear, it is on this machine.
  if (found.protocol !== 'https:' && found.protocol !== new URL(issuer).protocol)
    throw new ProviderUnavailable(`${url} names a jwks_uri that is not https`);
  return found;
}

function keysAt(url: URL): KeyFinder {
  return createRemoteJWKSet(url, {
    timeoutDuration: TIMEOUT_MS,
    cooldownDuration: COOLDOWN_MS,
    cacheMaxAge: KEYS_GOOD_MS,
    [customFetch]: (address, { signal }) => boundedFetch(address, signal),
  });
}
