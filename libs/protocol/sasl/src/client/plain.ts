import type { ClientCredentials, ClientExchange } from './mechanism.ts';

/** PLAIN (RFC 4616 §2): one response, `NUL authcid NUL password`, without an authorization identity of its own. */
export function plain({ name, secret }: ClientCredentials): ClientExchange {
  return {
    mechanism: 'PLAIN',
    initialResponse: Buffer.from(`\0${name}\0${secret}`, 'utf8'),
    respond: () => ({ kind: 'cancel', because: 'PLAIN has one response, and the host asked for another' }),
    complete: true,
  };
}
