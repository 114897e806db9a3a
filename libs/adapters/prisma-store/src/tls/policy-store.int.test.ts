import { testDatabase } from '@postern/database';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createStore, type Store } from '../index.ts';

let store: Store;
let close: () => Promise<void>;
beforeAll(async () => {
  const database = await testDatabase();
  store = createStore({
    databaseUrl: database.url,
    poolSize: 2,
    log: { info: () => undefined, warn: () => undefined },
  });
  close = async () => {
    await store.close();
    await database.close();
  };
});
afterAll(() => close?.());
beforeEach(() => store.pool.query('truncate sts_policies'));

const DAY_SECONDS = 86_400;
const take = () => store.tls.takeStsToRefresh(new Date(Date.now() - DAY_SECONDS * 1_000), 100);

/** Keeps a policy that was fetched a while ago. */
async function kept(about: { readonly maxAge: number; readonly age: string; readonly fault?: true }): Promise<void> {
  const fetchedAt = new Date();
  const policy = { mode: 'enforce', mx: ['mx.example.com'], maxAgeSeconds: about.maxAge } as const;
  const expiresAt = new Date(fetchedAt.getTime() + about.maxAge * 1_000);
  await store.tls.keepSts('example.com', { id: '1', policy, fetchedAt, expiresAt });
  const fault = { resultType: 'sts-policy-fetch-error', because: 'it answered 500' } as const;
  if (about.fault) await store.tls.keepStsFault('example.com', { id: '1', at: fetchedAt, fault });
  await store.pool.query(`update sts_policies set tried_at = now() - interval '${about.age}'`);
}

test.each([
  ['of a day, half of which is over', { maxAge: DAY_SECONDS, age: '13 hours' }, true],
  ['of a day, before', { maxAge: DAY_SECONDS, age: '11 hours' }, false],
  ['of a year, every day', { maxAge: 365 * DAY_SECONDS, age: '25 hours' }, true],
  ['of a year, before', { maxAge: 365 * DAY_SECONDS, age: '23 hours' }, false],
  ['of ten minutes, not all the time', { maxAge: 600, age: '6 minutes' }, false],
  ['that could not be fetched an hour ago', { maxAge: 7 * DAY_SECONDS, age: '61 minutes', fault: true }, true],
  ['that could not be fetched just now', { maxAge: 7 * DAY_SECONDS, age: '30 minutes', fault: true }, false],
] as const)('a policy %s is fetched anew before it ends: %3$s', async (_, about, due) => {
  await kept(about);
  const taken = await Promise.all([take(), take()]);
  // Another process that comes at the same time gets nothing.
  expect(taken.flat()).toEqual(due ? ['example.com'] : []);
});

test('a policy that is over is not fetched anew but by mail', async () => {
  await kept({ maxAge: DAY_SECONDS, age: '13 hours' });
  await store.pool.query(`update sts_policies set expires_at = now() - interval '1 second'`);
  expect(await take()).toEqual([]);
});

test('what fails to be fetched leaves the policy that is kept as it was', async () => {
  await kept({ maxAge: DAY_SECONDS, age: '1 hour', fault: true });
  expect(await store.tls.findSts('example.com')).toMatchObject({
    kept: { id: '1', policy: { mode: 'enforce', mx: ['mx.example.com'] } },
    fault: { resultType: 'sts-policy-fetch-error' },
  });
});
