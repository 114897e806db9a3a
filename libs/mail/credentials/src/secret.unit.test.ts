import { expect, test } from 'vitest';
import { hashSecret, newSecret, verifySecret } from './index.ts';

const key = Buffer.alloc(32, 1);

test('a new secret has 160 bits, in letters that cannot be mistaken for one another', () => {
  const secrets = new Set(Array.from({ length: 200 }, newSecret));
  expect(secrets.size).toBe(200);
  for (const secret of secrets) expect(secret).toMatch(/^[0-9abcdefghjkmnpqrstvwxyz]{32}$/);
});

test('the secret behind any of the hashes is the right one', () => {
  const [first, second] = [newSecret(), newSecret()];
  const hashes = [hashSecret(key, first), hashSecret(key, second)];
  expect(verifySecret(key, first, hashes)).toBe(true);
  expect(verifySecret(key, second, hashes)).toBe(true);
});

test.each([
  ['another secret', 'b', [hashSecret(key, 'a')]],
  ['no hash at all', 'a', []],
  ['a hash of another key', 'a', [hashSecret(Buffer.alloc(32, 2), 'a')]],
  ['a hash that was cut short', 'a', [hashSecret(key, 'a').subarray(0, 16)]],
  ['a secret of more than 1 KiB', 'a'.repeat(1025), [hashSecret(key, 'a'.repeat(1025))]],
])('%s is refused', (_, secret, hashes) => {
  expect(verifySecret(key, secret, hashes)).toBe(false);
});
