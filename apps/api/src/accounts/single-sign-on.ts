import { AsyncLocalStorage } from 'node:async_hooks';
import { role as roleSchema, type Role } from '@postern/admin-contract';
import type { Configuration } from '@postern/configuration';
import { SINGLE_SIGN_ON, type Auth, type SingleSignOnOptions } from './auth.ts';
import { securedAs } from './cookies.ts';
import { headersOf, showing, storeIsAway, type Client, type Sessions, type SignedIn } from './sessions.ts';

/** The single sign-on of an organisation. */
export interface SingleSignOn {
  readonly name: string;
  /** Where the browser goes to sign in, and the cookies that it is known by when it comes back. */
  begin(client: Client): Promise<{ readonly url: string; readonly setCookies: readonly string[] }>;
  /** The browser comes back. Undefined: nobody was signed in, or they may not come in here. */
  finish(client: Client, query: Readonly<Record<string, string>>): Promise<Arrival | undefined>;
}

export interface Arrival {
  readonly signedIn: SignedIn;
  /** The role that the identity gives now. */
  readonly role: Role;
  /** Whether the account was made just now. */
  readonly isNew: boolean;
}

/** The role that is being looked up for a request, for whoever began it. */
const finding = new AsyncLocalStorage<{ role: Role | undefined }>();
const NEW = '/?new';

/** What the library needs of the configuration. */
export function singleSignOnOptions(given: NonNullable<Configuration['singleSignOn']>): SingleSignOnOptions {
  return {
    ...given,
    personOf: (claims) => {
      const role = roleOf(claims[given.roleClaim], given.roles);
      const box = finding.getStore();
      if (box) box.role = role;
      return Promise.resolve(role && { role });
    },
  };
}

export function singleSignOnOf(auth: Auth, sessions: Sessions, name: string): SingleSignOn {
  return {
    name,
    async begin(client) {
      const body = {
        provider: SINGLE_SIGN_ON,
        callbackURL: '/',
        newUserCallbackURL: NEW,
        errorCallbackURL: '/sign-in',
      };
      const call = {
        body: { ...body, disableRedirect: true },
        headers: headersOf(client),
        returnHeaders: true,
      } as const;
      const { response, headers } = await auth.api.signInSocial(call).catch(storeIsAway);
      const setCookies = headers.getSetCookie().map((each) => securedAs(each, client));
      return { url: response.url ?? '/sign-in', setCookies };
    },
    async finish(client, query) {
      const box: { role: Role | undefined } = { role: undefined };
      const call = {
        method: 'GET',
        params: { id: SINGLE_SIGN_ON },
        query,
        headers: headersOf(client),
        asResponse: true,
      } as const;
      const answer = await finding.run(box, () => auth.api.callbackOAuth(call));
      const setCookies = answer.headers.getSetCookie();
      const signedIn = box.role ? await sessions.whoIs(showing(client, setCookies)) : undefined;
      if (!signedIn || !box.role) return undefined;
      const kept = { ...signedIn, setCookies: setCookies.map((each) => securedAs(each, client)) };
      return { signedIn: kept, role: box.role, isNew: answer.headers.get('location') === NEW };
    },
  };
}

/** The role of the first pair that fits what a claim says; `*` fits everyone. */
export function roleOf(claim: unknown, roles: Readonly<Record<string, string>>): Role | undefined {
  const values = (Array.isArray(claim) ? claim : [claim]).filter((each) => typeof each === 'string');
  const found = Object.entries(roles).find(([value]) => value === '*' || values.includes(value));
  return found ? roleSchema.safeParse(found[1]).data : undefined;
}
