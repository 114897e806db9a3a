import { expect, test } from 'vitest';
import { claim, messageTo, outcomes, recipientIds, scenario } from '../testing/scenario.ts';

test('a lease that ended is taken away: its recipients are deferred, due at once, and maybe delivered', async () => {
  const { store, sql } = await scenario();
  await store.accept.accept([messageTo(2)]);
  const claimed = await claim(store, { leaseMs: 0 });
  await expect.poll(() => store.delivery.recoverLostLeases()).toBe(2);
  expect(await sql('select distinct state, maybe_delivered, attempts, lease_token from recipients')).toEqual([
    { state: 'deferred', maybe_delivered: true, attempts: 1, lease_token: null },
  ]);
  expect(
    await sql('select distinct outcome, stage, reply_from, reply_code, maybe_delivered, late from attempts'),
  ).toEqual([
    { outcome: 'deferred', stage: 'internal', reply_from: 'local', reply_code: 451, maybe_delivered: true, late: true },
  ]);
  expect(recipientIds(await claim(store))).toEqual(recipientIds(claimed));
});

test('a lease that has not ended is left alone, and one that is prolonged has not ended', async () => {
  const { store, sql } = await scenario();
  await store.accept.accept([messageTo(1)]);
  const { leaseToken } = await claim(store, { leaseMs: 0 });
  expect(await store.delivery.prolong(leaseToken, 60_000)).toBe(true);
  expect(await store.delivery.recoverLostLeases()).toBe(0);
  expect(await sql('select state from recipients')).toEqual([{ state: 'sending' }]);
});

test('a lease that was taken away cannot be prolonged', async () => {
  const { store } = await scenario();
  await store.accept.accept([messageTo(1)]);
  const { leaseToken } = await claim(store, { leaseMs: 0 });
  await expect.poll(() => store.delivery.recoverLostLeases()).toBe(1);
  expect(await store.delivery.prolong(leaseToken, 60_000)).toBe(false);
});

test('of a lease that ended, only what has no outcome is taken away', async () => {
  const { store, sql } = await scenario();
  await store.accept.accept([messageTo(3)]);
  const claimed = await claim(store, { leaseMs: 0 });
  const [done] = recipientIds(claimed);
  await store.delivery.record(outcomes(claimed, { kind: 'delivered' }, (id) => id === done));
  await expect.poll(() => store.delivery.recoverLostLeases()).toBe(2);
  expect(await sql('select state from recipients order by number')).toEqual([
    { state: 'delivered' },
    { state: 'deferred' },
    { state: 'deferred' },
  ]);
  expect(await sql('select count(*)::int as leases from leases')).toEqual([{ leases: 0 }]);
});

test('many that sweep at the same time recover each recipient once', async () => {
  const { store, sql } = await scenario({ poolSize: 8 });
  await store.accept.accept(Array.from({ length: 50 }, () => messageTo(2)));
  while ((await claim(store, { limit: 3, leaseMs: 0 })).recipients > 0);
  const recovered = await Promise.all(Array.from({ length: 8 }, () => store.delivery.recoverLostLeases()));
  expect(recovered.reduce((sum, each) => sum + each, 0)).toBe(100);
  expect(await sql('select count(*)::int as waiting from waiting_recipients')).toEqual([{ waiting: 100 }]);
});
