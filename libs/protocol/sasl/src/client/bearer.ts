import { writeSaslName } from '../scram/messages.ts';
import type { ClientCredentials, ClientExchange } from './mechanism.ts';

/** OAUTHBEARER (RFC 7628 §3.1); a challenge tells why the token is refused, and is answered with ^A (§3.2.3). */
export function oauthBearer({ name, secret }: ClientCredentials): ClientExchange {
  const response = `n,a=${writeSaslName(name)},\x01auth=Bearer ${secret}\x01\x01`;
  return tokenExchange('OAUTHBEARER', response, '\x01');
}

/** XOAUTH2; a challenge tells why the token is refused, and is answered with nothing. */
export function xoauth2({ name, secret }: ClientCredentials): ClientExchange {
  return tokenExchange('XOAUTH2', `user=${name}\x01auth=Bearer ${secret}\x01\x01`, '');
}

function tokenExchange(mechanism: string, response: string, whenRefused: string): ClientExchange {
  let refused = false;
  return {
    mechanism,
    initialResponse: Buffer.from(response, 'utf8'),
    respond: () => {
      if (refused) return { kind: 'cancel', because: `${mechanism} is over, and the host asked for another response` };
      refused = true;
      return { kind: 'response', response: Buffer.from(whenRefused) };
    },
    get complete() {
      return !refused;
    },
  };
}
