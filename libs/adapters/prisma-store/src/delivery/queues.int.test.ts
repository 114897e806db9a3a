import { UNRESOLVED_QUEUE } from '@postern/queue';
import { expect, test } from 'vitest';
import { claim, message, outcomes, recipient, scenario } from '../testing/scenario.ts';

const soon = () => new Date(Date.now() + 60_000);

test('every installation has the queue of what was not looked up yet', async () => {
  const { store } = await scenario();
  expect(await store.delivery.queue(UNRESOLVED_QUEUE)).toEqual({ id: 1, kind: 'unresolved', name: 'unresolved' });
  expect(await store.delivery.queue(2)).toBeUndefined();
});

test('domains with the same mail hosts share one queue, also when many learn it at the same time', async () => {
  const { store } = await scenario({ poolSize: 8 });
  const ids = await Promise.all(
    Array.from({ length: 30 }, (_, index) =>
      store.delivery.rememberSite({ domain: `d${index}.example`, key: 'mx.provider.example', freshUntil: soon() }),
    ),
  );
  expect(new Set(ids).size).toBe(1);
  expect(await store.delivery.queue(ids[0] ?? 0)).toEqual({ id: ids[0], kind: 'site', name: 'mx.provider.example' });
});

test('a domain whose site is not fresh any more is not known, and one that moved is known where it went', async () => {
  const { store } = await scenario();
  await store.delivery.rememberSite({
    domain: 'stale.example',
    key: 'mx1.example',
    freshUntil: new Date(Date.now() - 1),
  });
  await store.delivery.rememberSite({ domain: 'moved.example', key: 'mx1.example', freshUntil: soon() });
  const to = await store.delivery.rememberSite({ domain: 'moved.example', key: 'mx2.example', freshUntil: soon() });
  expect(await store.accept.knownSites(['stale.example', 'moved.example', 'unknown.example'])).toEqual(
    new Map([['moved.example', to]]),
  );
});

test('a queue is due when something in it is, and since its oldest', async () => {
  const { store, sql } = await scenario();
  const queueId = await store.delivery.rememberSite({ domain: 'a.example', key: 'mx.a.example', freshUntil: soon() });
  expect(await store.delivery.dueQueues()).toEqual([]);
  await store.accept.accept([message({ recipients: [recipient({ queueId })] }), message()]);
  await store.delivery.record(outcomes(await claim(store), { kind: 'deferred', dueAt: soon(), maybeDelivered: false }));
  const [row] = await sql<{ due_at: Date }>('select due_at from waiting_recipients where queue_id = $1', [queueId]);
  expect(
    (await store.delivery.dueQueues()).map(({ id, oldestDueAt }) => [id, Math.floor(oldestDueAt.getTime())]),
  ).toEqual([[queueId, row?.due_at.getTime()]]);
});
