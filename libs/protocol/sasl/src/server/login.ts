import type { ServerMechanism, ServerStep } from './mechanism.ts';
import { passwordStep } from './password.ts';

const USERNAME = Buffer.from('Username:');
const PASSWORD = Buffer.from('Password:');

/** LOGIN (draft-murchison-sasl-login): asks for the name, then for the password. An initial response is the name. */
export const login: ServerMechanism = Object.freeze({
  name: 'LOGIN',
  start: (initialResponse) =>
    initialResponse === undefined
      ? { kind: 'challenge', challenge: USERNAME, next: askPassword }
      : askPassword(initialResponse),
} satisfies ServerMechanism);

function askPassword(name: Buffer): ServerStep {
  return { kind: 'challenge', challenge: PASSWORD, next: (secret) => passwordStep('LOGIN', name, secret) };
}
