import { isUtf8 } from 'node:buffer';
import type { ServerMechanism, ServerStep } from './mechanism.ts';
import { MALFORMED } from './password.ts';

const EMPTY = Buffer.alloc(0);
const MAX_NAME_OCTETS = 255;

/**
 * EXTERNAL (RFC 4422 appendix A): the certificate that the client showed in the TLS handshake says who it is; the response
 * is empty, or names as whom it wants to act.
 */
export const external: ServerMechanism = Object.freeze({
  name: 'EXTERNAL',
  fits: ({ clientCertificate }) => clientCertificate === 'shown',
  start: (initial) => (initial === undefined ? { kind: 'challenge', challenge: EMPTY, next: judge } : judge(initial)),
} satisfies ServerMechanism);

function judge(response: Buffer): ServerStep {
  if (response.length > MAX_NAME_OCTETS || !isUtf8(response) || response.includes(0)) return MALFORMED;
  const name = response.length === 0 ? undefined : response.toString('utf8');
  return { kind: 'credentials', credentials: { mechanism: 'EXTERNAL', name } };
}
