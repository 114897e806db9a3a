import { expect, test } from 'vitest';
import { createStore } from '../index.ts';
import {
  claim,
  message,
  messageTo,
  outcomes,
  quiet,
  recipientIds,
  scenario,
  type Scenario,
} from '../testing/scenario.ts';

test('a message whose worker dies at each of three starts is held and reported, and the others flow', async () => {
  const about = await scenario();
  const { store, sql } = about;
  const [poison, ...others] = [message(), message(), message(), messageTo(2)];
  await store.accept.accept([poison, ...others]);
  // All of them are lost with the worker that died.
  await claim(store, { leaseMs: 0 });
  expect(await store.delivery.recoverLostLeases()).toBe(5);
  await due(about);
  expect((await claim(store, { leaseMs: 0 })).recipients).toBe(5);
  await store.delivery.recoverLostLeases();
  // From now on each message is tried apart from the others.
  const apart = await sql<{ apart: number }>(`
    select extract(epoch from due_at - lag(due_at) over (order by due_at))::int as apart from (
      select distinct due_at from waiting_recipients) each`);
  expect(apart.slice(1).map((row) => row.apart)).toEqual([10, 10, 10]);
  await due(about, poison.id);
  expect(recipientIds(await claim(store, { leaseMs: 0 }))).toEqual([`${poison.id}.1`]);
  await store.delivery.recoverLostLeases();
  expect(
    await sql('select state::text, aside::text, attempts from recipients where message_id = $1', [poison.id]),
  ).toEqual([{ state: 'held', aside: 'held', attempts: 3 }]);
  expect(await sql('select action, subject_id, actor_kind from audit_entries')).toEqual([
    { action: 'message.isolate', subject_id: poison.id, actor_kind: 'system' },
  ]);
  await due(about);
  const innocent = await claim(store);
  expect(innocent.recipients).toBe(4);
  await store.delivery.record(outcomes(innocent));
  expect(await store.admin.ledger()).toMatchObject({ delivered: 4, held: 1, deferred: 0 });
  expect(await store.recount()).toEqual(await store.admin.ledger());
});

test('a process that dies three times with hundreds under way holds none of them, and delays them by two minutes at most', async () => {
  const about = await scenario();
  const { store, sql } = about;
  await store.accept.accept(Array.from({ length: 300 }, () => message()));
  for (let start = 1; start <= 3; start += 1) {
    while ((await claim(store, { leaseMs: 0 })).recipients > 0);
    expect(await store.delivery.recoverLostLeases()).toBe(300);
    const [waits] = await sql<{ seconds: number }>(
      'select max(extract(epoch from due_at - now()))::int as seconds from waiting_recipients',
    );
    expect(waits?.seconds).toBeLessThanOrEqual(120);
    await due(about);
  }
  expect(await store.admin.ledger()).toMatchObject({ deferred: 300, held: 0 });
});

test('what was lost twice is no longer suspected when an attempt of it had an outcome', async () => {
  const about = await scenario();
  const { store } = about;
  await store.accept.accept([message()]);
  for (let round = 1; round <= 2; round += 1) {
    for (let start = 1; start <= 2; start += 1) {
      await claim(store, { leaseMs: 0 });
      await store.delivery.recoverLostLeases();
      await due(about);
    }
    await store.delivery.record(
      outcomes(await claim(store), { kind: 'deferred', dueAt: new Date(), maybeDelivered: false }),
    );
    await due(about);
  }
  expect(await store.admin.ledger()).toMatchObject({ deferred: 1, held: 0 });
});

test('of two that were lost together at their third start neither is held; the one that dies alone is', async () => {
  const about = await scenario();
  const { store, sql } = about;
  const [poison, innocent] = [message(), message()];
  await store.accept.accept([poison, innocent]);
  for (let start = 1; start <= 3; start += 1) {
    await claim(store, { leaseMs: 0 });
    expect(await store.delivery.recoverLostLeases()).toBe(2);
    await due(about);
  }
  expect(await store.admin.ledger()).toMatchObject({ deferred: 2, held: 0 });
  // Another process: what died with the one before is remembered of that one only.
  await using next = anotherStore(about);
  await sql(`update waiting_recipients set due_at = now() + interval '1 hour' where message_id = $1`, [innocent.id]);
  expect(recipientIds(await claim(next.store, { leaseMs: 0 }))).toEqual([`${poison.id}.1`]);
  await next.store.delivery.recoverLostLeases();
  await due(about);
  expect(recipientIds(await claim(next.store))).toEqual([`${innocent.id}.1`]);
  expect(await store.admin.ledger()).toMatchObject({ held: 1, sending: 1 });
});

test('an outcome that came after its lease had ended is no crash', async () => {
  const about = await scenario();
  const { store } = about;
  await store.accept.accept([message()]);
  for (let start = 1; start <= 4; start += 1) {
    const late = await claim(store, { leaseMs: 0 });
    await store.delivery.recoverLostLeases();
    await store.delivery.record(outcomes(late, { kind: 'deferred', dueAt: new Date(), maybeDelivered: true }));
    await due(about);
  }
  expect(await store.admin.ledger()).toMatchObject({ deferred: 1, held: 0 });
});

function anotherStore({ databaseUrl }: Scenario) {
  const store = createStore({ databaseUrl, poolSize: 2, log: quiet });
  return { store, [Symbol.asyncDispose]: () => store.close() };
}

async function due({ sql }: Scenario, id?: string): Promise<void> {
  await sql(`update waiting_recipients set due_at = now() where $1::uuid is null or message_id = $1`, [id]);
}
