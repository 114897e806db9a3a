import type { ClientCredentials, ClientExchange } from './mechanism.ts';

/**
 * LOGIN (draft-murchison-sasl-login): the host asks for the name, then for the password.
 *
 * What the challenges say differs from host to host, so their order decides.
 */
export function login({ name, secret }: ClientCredentials): ClientExchange {
  const answers = [name, secret];
  return {
    mechanism: 'LOGIN',
    initialResponse: undefined,
    respond: () => {
      const answer = answers.shift();
      return answer === undefined
        ? { kind: 'cancel', because: 'LOGIN has two responses, and the host asked for another' }
        : { kind: 'response', response: Buffer.from(answer, 'utf8') };
    },
    get complete() {
      return answers.length === 0;
    },
  };
}
