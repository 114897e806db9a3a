import { expect, test } from 'vitest';
import type { NewMessage } from '@postern/queue';
import { claim, message, outcomes, recipient, recipientIds, scenario } from '../testing/scenario.ts';

const HOUR_MS = 3_600_000;

test('what was asked for a message and for a recipient comes with the claim, and nothing where nothing was asked', async () => {
  const { store } = await scenario();
  const releaseAt = new Date(Date.now() - 1_000);
  const deliverBy = { at: new Date(Date.now() + HOUR_MS), mode: 'R', trace: true } as const;
  const asked = { ret: 'HDRS', envid: 'QQ314159', requireTls: true, priority: 4, deliverBy, releaseAt } as const;
  const given = message({
    ...asked,
    recipients: [
      recipient({ notify: ['SUCCESS', 'DELAY'], orcpt: 'rfc822;Bob@example.com' }),
      recipient({ notify: [] }),
      recipient(),
    ],
  });
  await store.accept.accept([given, message()]);
  const { messages } = await claim(store);
  const got = messages.find(({ id }) => id === given.id);
  expect(got).toMatchObject(asked);
  expect(got?.recipients.map(({ notify, orcpt }) => [notify, orcpt])).toEqual([
    [['SUCCESS', 'DELAY'], 'rfc822;Bob@example.com'],
    [[], undefined],
    [undefined, undefined],
  ]);
  const other = messages.find(({ id }) => id !== given.id);
  expect(Object.keys(other ?? {})).not.toContain('priority');
});

test('a message for a future release is claimed at its time, whatever its priority, and not before', async () => {
  const { store, sql } = await scenario();
  const releaseAt = new Date(Date.now() + HOUR_MS);
  await store.accept.accept([-9, 0, 9].map((priority) => message({ releaseAt, priority })));
  expect((await claim(store)).recipients).toBe(0);
  expect(await store.delivery.dueQueues()).toEqual([]);
  await sql(
    `update waiting_recipients set due_at = due_at - interval '61 minutes', ready_at = ready_at - interval '61 minutes'`,
  );
  expect((await claim(store)).recipients).toBe(3);
});

test('higher priorities are claimed first, and the lowest goes at once when nothing else is due', async () => {
  const { store } = await scenario();
  const all = [0, -9, 9, 4, -4].map((priority) => message({ priority }));
  await store.accept.accept(all);
  const order: (number | undefined)[] = [];
  for (const _ of all) order.push((await claim(store, { limit: 1 })).messages[0]?.priority);
  expect(order).toEqual([9, 4, 0, -4, -9]);
});

test('a message that has waited long goes before one of higher priority that has just come', async () => {
  const { store, sql } = await scenario();
  const [old, urgent] = [message(), message({ priority: 9 })];
  await store.accept.accept([old, urgent]);
  await sql(`update waiting_recipients set due_at = now() - interval '1 hour' where message_id = $1`, [old.id]);
  expect((await claim(store, { limit: 1 })).messages[0]?.id).toBe(old.id);
});

test('low priority does not starve: a message of lowest priority is due before what comes an hour later', async () => {
  const { store, sql } = await scenario();
  const low = message({ priority: -9 });
  await store.accept.accept([low]);
  await sql(
    `update waiting_recipients set due_at = due_at - interval '1 hour', ready_at = ready_at - interval '1 hour'`,
  );
  await store.accept.accept([message(), message({ priority: 1 })]);
  const claimed = [];
  for (let times = 0; times < 3; times += 1) claimed.push(...(await claim(store, { limit: 1 })).messages);
  expect(claimed.map(({ id }) => id)).toContain(low.id);
  expect(claimed[2]?.id).not.toBe(low.id);
});

test('the sweep sees a queue in which only mail of low priority is ready', async () => {
  const { store } = await scenario();
  await store.accept.accept([
    message({ priority: -1, releaseAt: new Date(Date.now() + 60_000) }),
    message({ priority: -9 }),
  ]);
  expect(await store.delivery.dueQueues()).toHaveLength(1);
});

test('a recipient that moves to its site keeps the head start of its priority there', async () => {
  const { store } = await scenario();
  const site = await store.delivery.rememberSite({ domain: 'a.example', key: 'mx.a.example', freshUntil: new Date() });
  const all: NewMessage[] = [-5, 0, 5].map((priority) => message({ priority }));
  for (const each of all) await store.accept.accept([each]);
  const claimed = await claim(store);
  await store.delivery.reassign(
    claimed.leaseToken,
    recipientIds(claimed).map((recipientId) => ({ recipientId, queueId: site })),
  );
  const order = [];
  for (const _ of all) order.push((await claim(store, { queueId: site, limit: 1 })).messages[0]?.priority);
  expect(order).toEqual([5, undefined, -5]);
});

test('a deferred message of low priority waits for its retry, then goes as any other', async () => {
  const { store } = await scenario();
  await store.accept.accept([message({ priority: -9 })]);
  const claimed = await claim(store);
  const dueAt = new Date(Date.now() + HOUR_MS);
  await store.delivery.record(outcomes(claimed, { kind: 'deferred', dueAt, maybeDelivered: false }));
  expect((await claim(store)).recipients).toBe(0);
});

test('a sender who wants to be told of lateness is told of a delay at that time, others after hours', async () => {
  const { store, sql } = await scenario();
  const at = new Date(Date.now() + 60_000);
  const [told, other] = [message({ deliverBy: { at, mode: 'N', trace: false } }), message()];
  await store.accept.accept([told, other]);
  const dueAt = new Date(Date.now() + HOUR_MS);
  await store.delivery.record(outcomes(await claim(store), { kind: 'deferred', dueAt, maybeDelivered: false }));
  const rows = await sql<{ message_id: string; due_at: Date }>(
    `select message_id, due_at from bounce_work where event = 'delayed'`,
  );
  const due = new Map(rows.map((row) => [row.message_id, row.due_at.getTime()]));
  expect(due.get(told.id)).toBe(at.getTime());
  expect(due.get(other.id)).toBeGreaterThan(Date.now() + 3 * HOUR_MS);
});
