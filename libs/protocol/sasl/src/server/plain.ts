import { replies } from '@postern/smtp';
import type { ServerMechanism, ServerStep } from './mechanism.ts';
import { MALFORMED, MAX_RESPONSE_OCTETS, passwordStep } from './password.ts';

const NUL = 0;
const EMPTY = Buffer.alloc(0);

/** PLAIN (RFC 4616 §2): `[authzid] NUL authcid NUL passwd`. */
export const plain: ServerMechanism = Object.freeze({
  name: 'PLAIN',
  start: (initialResponse) =>
    initialResponse === undefined ? { kind: 'challenge', challenge: EMPTY, next: judge } : judge(initialResponse),
} satisfies ServerMechanism);

function judge(response: Buffer): ServerStep {
  if (response.length > MAX_RESPONSE_OCTETS) return MALFORMED;
  const first = response.indexOf(NUL);
  const second = first === -1 ? -1 : response.indexOf(NUL, first + 1);
  if (second === -1) return MALFORMED;
  const authzid = response.subarray(0, first);
  const authcid = response.subarray(first + 1, second);
  const step = passwordStep('PLAIN', authcid, response.subarray(second + 1));
  if (step.kind !== 'credentials') return step;
  // RFC 4616 §2: to act as someone else needs a permission that nobody has here.
  const isOwn = authzid.length === 0 || authzid.equals(authcid);
  return isOwn ? step : { kind: 'refused', reply: replies.authenticationRefused };
}
