import { UNRESOLVED_QUEUE } from '@postern/queue';
import { expect, test } from 'vitest';
import { claim, messageTo, outcomes, recipientIds, scenario } from '../testing/scenario.ts';

test('what is handed back is due at once, and its attempt is not counted', async () => {
  const { store, sql } = await scenario();
  await store.accept.accept([messageTo(2)]);
  const claimed = await claim(store);
  const [first] = recipientIds(claimed);
  await store.delivery.handBack(claimed.leaseToken, first ? [first] : []);
  expect(await sql('select state, attempts from recipients order by number')).toEqual([
    { state: 'queued', attempts: 0 },
    { state: 'sending', attempts: 1 },
  ]);
  const again = await claim(store);
  expect(recipientIds(again)).toEqual([first]);
  expect(again.messages[0]?.recipients[0]?.attempt).toBe(1);
});

test('what was attempted before is handed back as deferred', async () => {
  const { store, sql } = await scenario();
  await store.accept.accept([messageTo(1)]);
  await store.delivery.record(
    outcomes(await claim(store), { kind: 'deferred', dueAt: new Date(0), maybeDelivered: false }),
  );
  const claimed = await claim(store);
  await store.delivery.handBack(claimed.leaseToken, recipientIds(claimed));
  expect(await sql('select state, attempts from recipients')).toEqual([{ state: 'deferred', attempts: 1 }]);
});

test('who has lost the lease hands nothing back', async () => {
  const { store, sql } = await scenario();
  await store.accept.accept([messageTo(1)]);
  const lost = await claim(store, { leaseMs: 0 });
  await expect.poll(() => store.delivery.recoverLostLeases()).toBe(1);
  await claim(store);
  await store.delivery.handBack(lost.leaseToken, recipientIds(lost));
  expect(await sql('select state, attempts from recipients')).toEqual([{ state: 'sending', attempts: 2 }]);
});

test('a reassigned recipient waits in its new queue, never attempted', async () => {
  const { store } = await scenario();
  await store.accept.accept([messageTo(2)]);
  const claimed = await claim(store);
  const queueId = await store.delivery.rememberSite({
    domain: 'example.com',
    key: 'mx.example',
    freshUntil: new Date(),
  });
  await store.delivery.reassign(
    claimed.leaseToken,
    recipientIds(claimed).map((recipientId) => ({ recipientId, queueId })),
  );
  expect((await claim(store, { queueId: UNRESOLVED_QUEUE })).recipients).toBe(0);
  const moved = await claim(store, { queueId });
  expect(recipientIds(moved)).toEqual(recipientIds(claimed));
  expect(moved.messages[0]?.recipients[0]?.attempt).toBe(1);
});
