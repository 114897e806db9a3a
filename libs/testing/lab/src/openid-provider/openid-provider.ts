import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { freePort } from '../free-port.ts';
import { loadProvider } from './load-provider.ts';

export interface TokenRequest {
  /** The client that asks, which the token's `sub` and `client_id` name. */
  readonly client?: string;
  /** Whom the token is for. */
  readonly audience?: string;
  readonly lifeSeconds?: number;
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** A real OpenID provider on loopback, which gives every client the tokens that it asks for. */
export interface OpenIdProvider extends AsyncDisposable {
  readonly issuer: string;
  /** How often each path was asked for. */
  readonly asked: ReadonlyMap<string, number>;
  /** An access token by the client credentials grant (RFC 6749 §4.4), as a JWT (RFC 9068). */
  token(request?: TokenRequest): Promise<string>;
  /** Goes away. */
  stop(): Promise<void>;
  /** Comes back, at the same address and with the same keys. */
  start(): Promise<void>;
}

const RESOURCE = 'urn:lab:';
const SECRET = 'a secret of the lab';

/** Starts a provider. */
export async function openIdProvider(): Promise<OpenIdProvider> {
  const Provider = await loadProvider();
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const wanted = new Map<string, TokenRequest>();
  const asked = new Map<string, number>();
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const provider = new Provider(issuer, {
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'lab' }] },
    cookies: { keys: [SECRET] },
    clients: ['device', 'stranger', 'robot@lab.example'].map((client_id) => ({
      client_id,
      client_secret: SECRET,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    })),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context: unknown, resource: string) => ({
          audience: wanted.get(resource)?.audience ?? 'postern',
          accessTokenFormat: 'jwt',
          accessTokenTTL: wanted.get(resource)?.lifeSeconds ?? 600,
          scope: '',
        }),
      },
    },
    extraTokenClaims: (_context: unknown, token: { readonly resourceServer?: { identifier(): string } }) =>
      wanted.get(token.resourceServer?.identifier() ?? '')?.claims,
  });
  const handle = provider.callback();
  const listen = async () => {
    const server = createServer((request, response) => {
      const path = request.url ?? '';
      asked.set(path, (asked.get(path) ?? 0) + 1);
      handle(request, response);
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return server;
  };
  let server: Awaited<ReturnType<typeof listen>> | undefined = await listen();
  const stop = async (): Promise<void> => {
    const closed = server && once(server, 'close');
    server?.close();
    server?.closeAllConnections();
    server = undefined;
    await closed;
  };
  return {
    issuer,
    asked,
    async token(request = {}) {
      const resource = `${RESOURCE}${wanted.size}`;
      wanted.set(resource, request);
      const response = await fetch(`${issuer}/token`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`${encodeURIComponent(request.client ?? 'device')}:${encodeURIComponent(SECRET)}`).toString('base64')}`,
        },
        body: new URLSearchParams({ grant_type: 'client_credentials', resource }),
      });
      const answer: unknown = await response.json();
      const token: unknown = typeof answer === 'object' && answer !== null && Reflect.get(answer, 'access_token');
      if (typeof token !== 'string') throw new Error(`the provider gave no token: ${JSON.stringify(answer)}`);
      return token;
    },
    stop,
    start: async () => void (server ??= await listen()),
    [Symbol.asyncDispose]: stop,
  };
}
