import { fetchToken, type FetchedToken, type TokenRequest } from './fetch-token.ts';

export type { TokenRequest } from './fetch-token.ts';

export type TokenEnd =
  | { readonly kind: 'token'; readonly token: string; readonly expiresAt: Date }
  | { readonly kind: 'refused'; readonly because: string };

/** A token is fetched anew so long before its end; a server that refused is not asked again so soon. */
const EARLY_MS = 60_000;
const AFTER_REFUSAL_MS = 30_000;

interface Kept {
  readonly end: Promise<TokenEnd>;
  /** Until when, by a clock that does not jump. */
  untilMs: number;
}

/** Access tokens, kept while they hold: one question at a time for each client, whatever the number of lanes. */
export class TokenSource {
  readonly #kept = new Map<string, Kept>();
  readonly #fetch: (request: TokenRequest) => Promise<FetchedToken>;

  constructor(fetch: (request: TokenRequest) => Promise<FetchedToken> = fetchToken) {
    this.#fetch = fetch;
  }

  /** The token of a client; `heard` is told of each answer of the server, once. */
  token(request: TokenRequest, heard: (end: TokenEnd) => void = () => undefined): Promise<TokenEnd> {
    const key = JSON.stringify([request.tokenUrl, request.clientId, request.clientSecret, request.scope]);
    const kept = this.#kept.get(key);
    if (kept && kept.untilMs > performance.now()) return kept.end;
    const fresh: Kept = { end: this.#ask(request, (untilMs) => (fresh.untilMs = untilMs), heard), untilMs: Infinity };
    this.#kept.set(key, fresh);
    return fresh.end;
  }

  async #ask(
    request: TokenRequest,
    keepUntil: (untilMs: number) => void,
    heard: (end: TokenEnd) => void,
  ): Promise<TokenEnd> {
    const fetched = await this.#fetch(request);
    const now = performance.now();
    const end: TokenEnd =
      fetched.kind === 'refused'
        ? fetched
        : { kind: 'token', token: fetched.token, expiresAt: new Date(Date.now() + fetched.expiresInMs) };
    keepUntil(
      fetched.kind === 'refused'
        ? now + AFTER_REFUSAL_MS
        : now + Math.max(fetched.expiresInMs - EARLY_MS, fetched.expiresInMs / 2),
    );
    heard(end);
    return end;
  }
}
