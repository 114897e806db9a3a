import { expect, test } from 'vitest';
import { claim, message, messageTo, outcomes, recipientIds, scenario, type Scenario } from '../testing/scenario.ts';

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
  // From now on each is tried alone.
  const apart = await sql<{ apart: number }>(`
    select extract(epoch from due_at - lag(due_at) over (order by due_at))::int as apart from waiting_recipients`);
  expect(apart.slice(1).every((row) => row.apart >= 9)).toBe(true);
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

async function due({ sql }: Scenario, id?: string): Promise<void> {
  await sql(
    `update waiting_recipients set due_at = now() - interval '1 minute' where $1::uuid is null or message_id = $1`,
    [id],
  );
  // Claims look below what the last ones found every now and then only.
  await new Promise((resolve) => setTimeout(resolve, 1_050));
}
