import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { freePort } from '../free-port.ts';
import { loadProvider } from './load-provider.ts';

/** A person as the provider knows them. */
export interface ProvidedPerson {
  readonly sub: string;
  readonly email: string;
  readonly emailVerified?: boolean;
  readonly name?: string;
  readonly groups?: readonly string[];
}

/** A real OpenID provider on loopback at which people sign in: whoever comes is the person that the test says. */
export interface SignInProvider extends AsyncDisposable {
  readonly issuer: string;
  /** Who comes next. */
  person: ProvidedPerson;
}

export const SIGN_IN_CLIENT = { id: 'postern', secret: 'a secret of the lab' } as const;

/** Starts a provider with one client, which is sent back to `redirectUri`. */
export async function signInProvider({ redirectUri }: { readonly redirectUri: string }): Promise<SignInProvider> {
  const Provider = await loadProvider();
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const state: { person: ProvidedPerson } = { person: { sub: 'ada', email: 'ada@example.org' } };
  const people = new Map<string, ProvidedPerson>();
  const provider = new Provider(issuer, {
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'lab' }] },
    cookies: { keys: [SIGN_IN_CLIENT.secret] },
    clients: [{ client_id: SIGN_IN_CLIENT.id, client_secret: SIGN_IN_CLIENT.secret, redirect_uris: [redirectUri] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context: unknown, { uid }: { readonly uid: string }) => `/enter/${uid}` },
    findAccount: (_context: unknown, sub: string) => {
      const person = people.get(sub);
      if (!person) return undefined;
      const { email, emailVerified = true, name = 'Ada', groups = [] } = person;
      return { accountId: sub, claims: () => ({ sub, email, email_verified: emailVerified, name, groups }) };
    },
    loadExistingGrant: async (context: GrantContext) => {
      const grant = new context.oidc.provider.Grant({
        clientId: SIGN_IN_CLIENT.id,
        accountId: context.oidc.account.accountId,
      });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  });
  const handle = provider.callback();
  const server = createServer((request, response) => {
    if (!request.url?.startsWith('/enter/')) return void handle(request, response);
    people.set(state.person.sub, state.person);
    void provider.interactionFinished(request, response, { login: { accountId: state.person.sub } });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    issuer,
    get person() {
      return state.person;
    },
    set person(person) {
      state.person = person;
    },
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
}

/** What of the provider's own objects is used to say yes for everyone. */
interface GrantContext {
  readonly oidc: {
    readonly account: { readonly accountId: string };
    readonly provider: {
      readonly Grant: new (given: { readonly clientId: string; readonly accountId: string }) => {
        addOIDCScope(scope: string): void;
        save(): Promise<string>;
      };
    };
  };
}
