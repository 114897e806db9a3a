import { deriveKeys } from '@postern/sealing';
import { expect } from 'vitest';
import { checkSecret, WrongSecret } from './check-secret.ts';
import { test } from './testing/scenario.ts';

test('the first secret that a database is used with is the one that it wants from then on', async ({ scenario }) => {
  const [first, other] = [deriveKeys('the first secret'), deriveKeys('another secret')];
  await checkSecret(scenario.store.admin, first);
  await expect(checkSecret(scenario.store.admin, other)).rejects.toThrow(WrongSecret);
  await expect(checkSecret(scenario.store.admin, first)).resolves.toBeUndefined();
});

test('of processes that come first with different secrets, one is right', async ({ scenario }) => {
  const checks = ['a', 'b', 'c'].map((secret) => checkSecret(scenario.store.admin, deriveKeys(secret)));
  const results = await Promise.allSettled(checks);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});
