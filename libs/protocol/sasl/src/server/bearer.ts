import { isUtf8 } from 'node:buffer';
import type { TokenCredentials } from './credentials.ts';
import type { ServerMechanism, ServerStep } from './mechanism.ts';
import { MALFORMED } from './password.ts';

const EMPTY = Buffer.alloc(0);
/** Tokens are larger than passwords: with claims of groups, some kilobytes. */
const MAX_OCTETS = 8_192;
/** RFC 6750 §2.1. */
const TOKEN = /^[A-Za-z0-9._~+/-]+=*$/;
/** RFC 7628 §3.2.2: what a client is told before it is refused, so that it can get another token. */
const INVALID_TOKEN = Buffer.from(JSON.stringify({ status: 'invalid_token' }));
/** What clients of XOAUTH2 expect there. */
const XOAUTH2_INVALID = Buffer.from(JSON.stringify({ status: '401', schemes: 'bearer', scope: '' }));

/** OAUTHBEARER (RFC 7628): a token of an identity provider, behind a header as GS2 has it. */
export const oauthBearer: ServerMechanism = Object.freeze(mechanism('OAUTHBEARER', readOauthBearer, INVALID_TOKEN));

/** XOAUTH2: what OAUTHBEARER was made of, and what most clients speak: `user=… ^A auth=Bearer … ^A ^A`. */
export const xoauth2: ServerMechanism = Object.freeze(mechanism('XOAUTH2', readXoauth2, XOAUTH2_INVALID));

type Read = { readonly name: string | undefined; readonly token: string } | undefined;

function mechanism(
  name: TokenCredentials['mechanism'],
  read: (text: string) => Read,
  withFailure: Buffer,
): ServerMechanism {
  const judge = (response: Buffer): ServerStep => {
    const said = response.length <= MAX_OCTETS && isUtf8(response) ? read(response.toString('utf8')) : undefined;
    return said ? { kind: 'credentials', credentials: { mechanism: name, ...said }, withFailure } : MALFORMED;
  };
  return {
    name,
    start: (initial) => (initial === undefined ? { kind: 'challenge', challenge: EMPTY, next: judge } : judge(initial)),
  };
}

/** RFC 7628 §3.1: `n,a=name,^A` and pairs of which `auth` is one. Host and port are the client's belief, and nothing to us. */
function readOauthBearer(text: string): Read {
  const [, authzid, pairs] = /^[ny],(?:a=([^,\x01]*))?,\x01((?:[A-Za-z]+=[^\x01]*\x01)+)\x01$/.exec(text) ?? [];
  const name = authzid === undefined || authzid === '' ? undefined : unescaped(authzid);
  return pairs === undefined || name === null ? undefined : withToken(pairs, name);
}

function readXoauth2(text: string): Read {
  const [, name, pairs] = /^user=([^\x01]*)\x01((?:[A-Za-z]+=[^\x01]*\x01)+)\x01$/.exec(text) ?? [];
  return pairs === undefined ? undefined : withToken(pairs, name === '' ? undefined : name);
}

function withToken(pairs: string, name: string | undefined): Read {
  const given = pairs.split('\x01').filter((pair) => pair.startsWith('auth='));
  const [, token = ''] = /^auth=bearer +(.+)$/i.exec(given[0] ?? '') ?? [];
  return given.length === 1 && TOKEN.test(token) && isName(name) ? { name, token } : undefined;
}

function isName(name: string | undefined): boolean {
  return name === undefined || (name.length <= 255 && !name.includes('\0'));
}

/** RFC 5801 §4: in the header `,` is `=2C` and `=` is `=3D`; null when another octet is escaped. */
function unescaped(text: string): string | null {
  return /=(?!2C|3D)/.test(text) ? null : text.replaceAll('=2C', ',').replaceAll('=3D', '=');
}
