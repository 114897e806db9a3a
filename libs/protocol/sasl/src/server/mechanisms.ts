import { login } from './login.ts';
import type { ServerMechanism } from './mechanism.ts';
import { plain } from './plain.ts';

/** The mechanisms that we know as a server, best first. */
export const SERVER_MECHANISMS: readonly ServerMechanism[] = Object.freeze([plain, login]);

/** The mechanism of a name, in any case; undefined when we do not know it. */
export function serverMechanism(name: string): ServerMechanism | undefined {
  const upper = name.toUpperCase();
  return SERVER_MECHANISMS.find((each) => each.name === upper);
}
