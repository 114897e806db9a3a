import { role as roleSchema, type Role } from '@postern/admin-contract';
import { permissionsOf, type Actor } from '@postern/administration';
import { StoreUnavailable } from '@postern/queue';
import { APIError } from 'better-auth/api';
import { CLIENT_ADDRESS_HEADER, type Auth } from './auth.ts';
import { noteCompared } from './compared-password.ts';
import { securedAs, sentCookies } from './cookies.ts';

/** What of a request the sessions need to know. */
export interface Client {
  /** The Cookie header as it came. */
  readonly cookie: string | undefined;
  readonly address: string;
  readonly userAgent: string | undefined;
  /** Whether the browser speaks TLS to us, or to the proxy before us: then its cookie is for TLS only. */
  readonly secure: boolean;
}

export interface SignedIn {
  readonly actor: Actor;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly expiresAt: Date;
  readonly sessionId: string;
  /** Cookies to set: a new session's, or one that was prolonged. */
  readonly setCookies: readonly string[];
}

/** The password was right, and a second step is asked for; nobody is signed in yet. */
export interface SecondStep {
  /** Cookies that the second step is known by. */
  readonly secondStep: readonly string[];
}

/** People's sessions. */
export interface Sessions {
  /** Begins a session. Undefined: address or password is wrong, and nothing tells which. */
  signIn(
    client: Client,
    given: { readonly email: string; readonly password: string },
  ): Promise<SignedIn | SecondStep | undefined>;
  /** Begins a session of a person who has proven who they are, by both factors. Undefined: they have no account any more. */
  signInProven(client: Client, person: { readonly id: string }): Promise<SignedIn | undefined>;
  /** Whether this is the password of whoever is signed in. */
  confirmPassword(client: Client, password: string): Promise<boolean>;
  /** Who the cookie of a client belongs to; undefined when it belongs to no session that holds. */
  whoIs(client: Client): Promise<SignedIn | undefined>;
  /** Changes the password of whoever is signed in; answers the session that goes on. Undefined: the password of now is wrong. */
  changePassword(
    client: Client,
    given: { readonly current: string; readonly wanted: string },
  ): Promise<SignedIn | undefined>;
  /** Ends the session; answers the cookies that make the browser forget it. */
  signOut(client: Client): Promise<readonly string[]>;
}

/** However much it is used, a session ends after so long (OWASP ASVS 5.0 §7.3.2). */
const LONGEST_SESSION_MS = 30 * 24 * 60 * 60 * 1000;

/** Whether a stored hash is still that of somebody's password; waits for whoever is changing it. */
export type HoldsPassword = (hash: string) => Promise<boolean>;

export function sessionsOf(auth: Auth, holdsPassword: HoldsPassword): Sessions {
  const whoIs = async (client: Client): Promise<SignedIn | undefined> => {
    if (!client.cookie) return undefined;
    const asked = auth.api.getSession({ headers: headersOf(client), returnHeaders: true });
    const { response, headers } = await asked.catch(storeIsAway);
    if (!response) return undefined;
    const endsAtMs = response.session.createdAt.getTime() + LONGEST_SESSION_MS;
    if (endsAtMs > Date.now()) return signedIn(client, { ...response, endsAtMs, setCookies: headers.getSetCookie() });
    await auth.api.signOut({ headers: headersOf(client) }).catch(storeIsAway);
    return undefined;
  };
  /** Who the cookies of an answer belong to, and the cookies for them to keep. */
  const begunWith = async (client: Client, setCookies: readonly string[]): Promise<SignedIn | undefined> => {
    const begun = await whoIs(showing(client, setCookies));
    return begun && { ...begun, setCookies: setCookies.map((each) => securedAs(each, client)) };
  };
  return {
    whoIs,
    async signInProven(client, { id }) {
      // No cookie that came along: a session is always a new one.
      const call = { body: { id }, headers: headersOf({ ...client, cookie: undefined }), returnHeaders: true } as const;
      const begun = await auth.api.signInProven(call).catch(refused);
      return begun && begunWith(client, begun.headers.getSetCookie());
    },
    async confirmPassword(client, password) {
      const asked = auth.api.verifyPassword({ body: { password }, headers: headersOf(client) });
      return (await asked.catch(refused))?.status === true;
    },
    async signIn(client, { email, password }) {
      try {
        const call = {
          body: { email, password },
          // No cookie that came along: a session is always a new one.
          headers: headersOf({ ...client, cookie: undefined }),
          returnHeaders: true,
        } as const;
        const { answer, hash } = await noteCompared(() => auth.api.signInEmail(call));
        const { response, headers } = answer;
        const setCookies = headers.getSetCookie();
        // Who changed the password while it was compared has ended the sessions of then, and this one was none yet.
        if (hash === undefined || !(await holdsPassword(hash))) {
          await auth.api.signOut({ headers: headersOf(showing(client, setCookies)) });
          return undefined;
        }
        if ('twoFactorRedirect' in response) return { secondStep: setCookies.map((each) => securedAs(each, client)) };
        return await begunWith(client, setCookies);
      } catch (error) {
        return refused(error);
      }
    },
    async changePassword(client, { current, wanted }) {
      try {
        const { headers } = await auth.api.changePassword({
          body: { currentPassword: current, newPassword: wanted, revokeOtherSessions: true },
          headers: headersOf(client),
          returnHeaders: true,
        });
        return await begunWith(client, headers.getSetCookie());
      } catch (error) {
        return refused(error);
      }
    },
    async signOut(client) {
      const { headers } = await auth.api.signOut({ headers: headersOf(client), returnHeaders: true });
      return headers.getSetCookie().map((each) => securedAs(each, client));
    },
  };
}

/** What the library refused, and why, is nobody's business; what it could not do is told. */
export function refused(error: unknown): undefined {
  if (error instanceof APIError && error.statusCode < 500) return undefined;
  return storeIsAway(error);
}

/** A fault of the library's own can only be the database's: it does nothing else. It keeps the cause to itself. */
export function storeIsAway(error: unknown): never {
  if (error instanceof APIError)
    throw new StoreUnavailable('The database did not answer about a session', { cause: error });
  throw error;
}

interface Found {
  readonly user: { readonly id: string; readonly email: string; readonly name: string; readonly role: string };
  readonly session: { readonly id: string; readonly expiresAt: Date };
  readonly endsAtMs: number;
  readonly setCookies: readonly string[];
}

function signedIn(client: Client, { user, session, endsAtMs, setCookies }: Found): SignedIn {
  const role = roleSchema.parse(user.role);
  const { id, email, name } = user;
  const actor: Actor = { kind: 'person', id, name: email, permissions: permissionsOf(role), address: client.address };
  const cookies = setCookies.map((each) => securedAs(each, client));
  const expiresAt = new Date(Math.min(session.expiresAt.getTime(), endsAtMs));
  return { actor, email, name, role, expiresAt, sessionId: session.id, setCookies: cookies };
}

/** A client as it will come with the cookies of an answer. */
export function showing(client: Client, setCookies: readonly string[]): Client {
  return { ...client, secure: false, cookie: setCookies.map((each) => each.split(';')[0]).join('; ') };
}

export function headersOf(client: Client, onlyCookie?: string): Headers {
  const { address, userAgent } = client;
  const cookie = sentCookies(client, onlyCookie);
  const headers = new Headers({ [CLIENT_ADDRESS_HEADER]: address });
  if (cookie) headers.set('cookie', cookie);
  if (userAgent) headers.set('user-agent', userAgent.slice(0, 512));
  return headers;
}
