import { expect, test } from 'vitest';
import { parseScramVerifier } from '@postern/sasl';
import { newSecret, parseCredentialName, scramSalt, secretToStore } from './index.ts';

const key = Buffer.alloc(32, 1);
const name = parseCredentialName('app1') ?? expect.unreachable();

test('two secrets of one credential have one salt and different keys, so that both are good in one exchange', () => {
  const [first, second] = [newSecret(), newSecret()].map((secret) =>
    parseScramVerifier(secretToStore(key, { name, secret }).scram ?? ''),
  );
  expect(first?.salt).toEqual(second?.salt);
  expect(first?.storedKey).not.toEqual(second?.storedKey);
});

test('the salt of a name follows from the name and the key alone', () => {
  expect(scramSalt(key, 'app1')).toEqual(scramSalt(key, 'app1'));
  expect(scramSalt(key, 'app2')).not.toEqual(scramSalt(key, 'app1'));
  expect(scramSalt(Buffer.alloc(32, 2), 'app1')).not.toEqual(scramSalt(key, 'app1'));
});

test('a stolen table holds no part of a secret', () => {
  const secret = newSecret();
  const stored = secretToStore(key, { name, secret });
  expect(JSON.stringify([stored.hash.toString('latin1'), stored.scram])).not.toContain(secret.slice(0, 8));
});
