import { createHash, randomBytes } from 'node:crypto';
import { CHALLENGE_MS } from './webauthn.ts';
import { securedAs, sentCookies } from './cookies.ts';
import type { Client } from './sessions.ts';

const NAME = 'postern.passkey';

/** A cookie that a challenge is bound to before anybody is signed in, and what stands for it in the database. */
export function newPasskeyCookie(client: Client): { readonly boundTo: string; readonly setCookie: string } {
  const token = randomBytes(24).toString('base64url');
  return { boundTo: boundTo(token), setCookie: cookie(client, token, CHALLENGE_MS / 1000) };
}

/** What the challenge of a client is bound to; undefined: it began nothing. */
export function passkeyCookieOf(client: Client): string | undefined {
  const token = sentCookies(client, NAME)
    ?.split('; ')[0]
    ?.slice(NAME.length + 1);
  return token && boundTo(token);
}

/** Makes the browser forget it. */
export function endedPasskeyCookie(client: Client): string {
  return cookie(client, '', 0);
}

function cookie(client: Client, value: string, maxAge: number): string {
  return securedAs(`${NAME}=${value}; Max-Age=${maxAge}; Path=/; HttpOnly; SameSite=Strict`, client);
}

function boundTo(token: string): string {
  return `cookie ${createHash('sha256').update(token).digest('base64url')}`;
}
