import type { Auth } from './auth.ts';
import { securedAs } from './cookies.ts';
import { headersOf, refused, showing, type Client, type Sessions, type SignedIn } from './sessions.ts';

/** The second step of a sign-in, and how a person sets it up. What is refused is undefined, and nothing tells why. */
export interface SecondFactors {
  /** Goes on with a sign-in by a code of the authenticator app, or by a recovery code, which is used up. */
  answer(client: Client, code: string): Promise<SignedIn | undefined>;
  /** Begins to set up an authenticator app; it counts once a code of it was confirmed. */
  start(client: Client, password: string | undefined): Promise<NewAuthenticatorApp | undefined>;
  confirm(client: Client, code: string): Promise<readonly string[] | undefined>;
  remove(client: Client, password: string | undefined): Promise<readonly string[] | undefined>;
  renewCodes(client: Client, password: string | undefined): Promise<readonly string[] | undefined>;
}

export interface NewAuthenticatorApp {
  readonly uri: string;
  readonly recoveryCodes: readonly string[];
}

/** The cookie that the second step is known by; the library gives it, and its name. */
export const SECOND_STEP_COOKIE = 'postern.two_factor';

export function secondFactorsOf(auth: Auth, sessions: Sessions): SecondFactors {
  const confirming = (password: string | undefined) => (password === undefined ? {} : { password });
  return {
    async answer(client, code) {
      // Not with a session: for one who has it the library would confirm an app, and count no wrong codes.
      const headersOfStep = headersOf(client, SECOND_STEP_COOKIE);
      const call = { body: { code }, headers: headersOfStep, returnHeaders: true } as const;
      const asked = /^\d{6}$/.test(code) ? auth.api.verifyTOTP(call) : auth.api.verifyBackupCode(call);
      const headers = (await asked.catch(refused))?.headers;
      if (!headers) return undefined;
      const setCookies = headers.getSetCookie();
      const begun = await sessions.whoIs(showing(client, setCookies));
      return begun && { ...begun, setCookies: setCookies.map((each) => securedAs(each, client)) };
    },
    async start(client, password) {
      const body = { ...confirming(password), method: 'totp' } as const;
      const made = await auth.api.enableTwoFactor({ body, headers: headersOf(client) }).catch(refused);
      if (!made || !('totpURI' in made)) return undefined;
      return { uri: made.totpURI, recoveryCodes: made.backupCodes };
    },
    async confirm(client, code) {
      const call = { body: { code }, headers: headersOf(client), returnHeaders: true } as const;
      const done = await auth.api.verifyTOTP(call).catch(refused);
      return done?.headers.getSetCookie().map((each) => securedAs(each, client));
    },
    async remove(client, password) {
      const call = { body: confirming(password), headers: headersOf(client), returnHeaders: true } as const;
      const done = await auth.api.disableTwoFactor(call).catch(refused);
      return done?.headers.getSetCookie().map((each) => securedAs(each, client));
    },
    async renewCodes(client, password) {
      const call = { body: confirming(password), headers: headersOf(client) };
      return (await auth.api.generateBackupCodes(call).catch(refused))?.backupCodes;
    },
  };
}
