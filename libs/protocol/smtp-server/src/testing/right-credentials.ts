import { SCRAM_ITERATIONS, scramVerifier, type Credentials, type ScramLookup } from '@postern/sasl';

const salt = Buffer.from('a salt of tests');
const iterations = SCRAM_ITERATIONS;
const verifier = scramVerifier('secret', { salt, iterations });

/** Whether the credentials are those of the tests: the secret is `secret`, the token `token`, the only name with SCRAM `app1`. */
export function isRight(credentials: Credentials): boolean {
  if ('secret' in credentials) return credentials.secret === 'secret';
  if ('token' in credentials) return credentials.token === 'token';
  return 'proved' in credentials ? credentials.proved !== undefined : true;
}

/** What is kept of a name's password in tests. */
export function verifiersOf(name: string): ScramLookup {
  return { salt, iterations, verifiers: verifier && name === 'app1' ? [verifier] : [] };
}
