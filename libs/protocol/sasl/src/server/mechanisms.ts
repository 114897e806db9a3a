import { oauthBearer, xoauth2 } from './bearer.ts';
import { external } from './external.ts';
import { login } from './login.ts';
import type { ServerMechanism } from './mechanism.ts';
import { plain } from './plain.ts';
import { scramSha256, scramSha256Plus } from './scram.ts';

/** The mechanisms that need nothing but a store of credentials, best first. */
export const SERVER_MECHANISMS: readonly ServerMechanism[] = Object.freeze([
  scramSha256Plus,
  scramSha256,
  plain,
  login,
  external,
]);

/** The mechanisms that need somebody who can judge tokens. */
export const TOKEN_MECHANISMS: readonly ServerMechanism[] = Object.freeze([oauthBearer, xoauth2]);
