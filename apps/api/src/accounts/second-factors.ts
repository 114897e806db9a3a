import type { Auth } from './auth.ts';
import { headersOf, refused, securedAs, type Client, type Sessions, type SignedIn } from './sessions.ts';

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

export function secondFactorsOf(auth: Auth, sessions: Sessions): SecondFactors {
  const confirming = (password: string | undefined) => (password === undefined ? {} : { password });
  return {
    async answer(client, code) {
      const call = { body: { code }, headers: headersOf(client), returnHeaders: true } as const;
      const asked = /^\d{6}$/.test(code) ? auth.api.verifyTOTP(call) : auth.api.verifyBackupCode(call);
      const headers = (await asked.catch(refused))?.headers;
      if (!headers) return undefined;
      const setCookies = headers.getSetCookie();
      const cookie = setCookies.map((each) => each.split(';')[0]).join('; ');
      const begun = await sessions.whoIs({ ...client, cookie });
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
