export interface TokenRequest {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Empty: the server's own choice. */
  readonly scope: string;
}

export type FetchedToken =
  | { readonly kind: 'token'; readonly token: string; readonly expiresInMs: number }
  | { readonly kind: 'refused'; readonly because: string };

const TIMEOUT_MS = 15_000;
const MAX_OCTETS = 64 * 1024;
/** What a server that does not say how long its token holds means, most likely. */
const DEFAULT_EXPIRES_SECONDS = 300;

/**
 * Asks a token endpoint for an access token by the client's own credentials (RFC 6749 §4.4). They go in the body, which
 * Microsoft and Google want (§2.3.1). Redirects are not followed: the secret is for this server. Never throws, and no
 * secret is in what it answers but the token.
 */
export async function fetchToken({ tokenUrl, clientId, clientSecret, scope }: TokenRequest): Promise<FetchedToken> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  });
  if (scope !== '') form.set('scope', scope);
  try {
    const response = await fetch(tokenUrl, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return read(response.status, await bounded(response));
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { kind: 'refused', because: `the token server does not answer: ${wordsOf(cause)}` };
  }
}

function read(status: number, text: string): FetchedToken {
  const answer = parse(text);
  const token = answer['access_token'];
  if (status === 200 && typeof token === 'string' && /^[\x21-\x7e]{1,16000}$/.test(token)) {
    const seconds = Number(answer['expires_in'] ?? DEFAULT_EXPIRES_SECONDS);
    return { kind: 'token', token, expiresInMs: (seconds > 0 ? seconds : DEFAULT_EXPIRES_SECONDS) * 1_000 };
  }
  // RFC 6749 §5.2.
  const words = [answer['error'], answer['error_description']].filter((each) => typeof each === 'string').join(': ');
  return { kind: 'refused', because: `the token server answered ${status} ${words.slice(0, 300)}`.trim() };
}

async function bounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let octets = 0;
  for await (const chunk of response.body ?? []) {
    octets += chunk.length;
    if (octets > MAX_OCTETS) throw new Error('its answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function wordsOf(cause: unknown): string {
  return cause instanceof Error ? (cause.message || cause.name).slice(0, 200) : 'no reason is known';
}
