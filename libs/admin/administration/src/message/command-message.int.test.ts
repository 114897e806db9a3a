import { expect } from 'vitest';
import { showLedger } from '../ledger/show-ledger.ts';
import { test, type Scenario } from '../testing/scenario.ts';
import { cancelMessage } from './cancel-message.ts';
import { holdMessage } from './hold-message.ts';
import { releaseMessage } from './release-message.ts';
import { retryMessage } from './retry-message.ts';

const LATER = { kind: 'deferred', maybeDelivered: false } as const;

test('a held message is not claimed, and goes on where it was when it is released', async ({ scenario }) => {
  const { context } = scenario;
  const id = await scenario.accept(['b@example.com']);
  await scenario.attempt({ ...LATER, dueAt: new Date() });
  const fresh = await scenario.accept(['c@example.com']);
  for (const each of [id, fresh])
    expect(await holdMessage(context, { params: { id: each } })).toEqual({ ok: { recipients: 1 } });
  expect(await ledger(scenario)).toMatchObject({ accepted: 2, held: 2, queued: 0, deferred: 0 });
  expect(await claimed(scenario)).toBe(0);
  for (const each of [id, fresh])
    expect(await releaseMessage(context, { params: { id: each } })).toEqual({ ok: { recipients: 1 } });
  expect(await ledger(scenario)).toMatchObject({ accepted: 2, held: 0, queued: 1, deferred: 1 });
  expect(scenario.woken).toEqual([
    { queueId: 1, lane: 0 },
    { queueId: 1, lane: 0 },
  ]);
  expect(await claimed(scenario)).toBe(2);
});

test('what is being sent is neither held nor cancelled', async ({ scenario }) => {
  const { context } = scenario;
  const id = await scenario.accept();
  expect(await claimed(scenario)).toBe(1);
  for (const verb of [holdMessage, cancelMessage, retryMessage, releaseMessage]) {
    expect(await verb(context, { params: { id } })).toMatchObject({ refused: { code: 'conflict' } });
  }
  expect(await ledger(scenario)).toMatchObject({ sending: 1 });
  expect(await scenario.audit()).toEqual([]);
});

test('a cancelled message is never sent, and its content goes', async ({ scenario }) => {
  const { context, store } = scenario;
  const waiting = await scenario.accept(['b@example.com', 'c@example.com']);
  const held = await scenario.accept(['d@example.com']);
  await holdMessage(context, { params: { id: held } });
  expect(await cancelMessage(context, { params: { id: waiting } })).toEqual({ ok: { recipients: 2 } });
  expect(await cancelMessage(context, { params: { id: held } })).toEqual({ ok: { recipients: 1 } });
  expect(await ledger(scenario)).toMatchObject({ accepted: 3, cancelled: 3, queued: 0, held: 0 });
  expect(await claimed(scenario)).toBe(0);
  expect((await store.pool.query('select 1 from contents')).rowCount).toBe(0);
});

test('the content of a message stays while one of its recipients has not ended', async ({ scenario }) => {
  const { context, store } = scenario;
  const id = await scenario.accept(['b@example.com', 'c@example.com']);
  const claim = await store.delivery.claim({ queueId: 1, limit: 1, leaseMs: 60_000, inlineOctets: 0 });
  await store.delivery.handBack(claim.leaseToken, claim.messages[0]?.recipients.slice(1).map((each) => each.id) ?? []);
  expect(await cancelMessage(context, { params: { id } })).toEqual({ ok: { recipients: 1 } });
  expect((await store.pool.query('select 1 from contents')).rowCount).toBe(1);
  expect(await ledger(scenario)).toMatchObject({ sending: 1, cancelled: 1 });
});

test('a retry makes what is deferred of a message due now', async ({ scenario }) => {
  const { context, store } = scenario;
  const id = await scenario.accept();
  await scenario.attempt({ ...LATER, dueAt: new Date(Date.now() + 3_600_000) });
  expect(await store.delivery.dueQueues()).toEqual([]);
  expect(await retryMessage(context, { params: { id } })).toEqual({ ok: { recipients: 1 } });
  expect(await store.delivery.dueQueues()).toMatchObject([{ id: 1 }]);
});

test('a retry of what is due already is no fault: its lanes are woken', async ({ scenario }) => {
  const id = await scenario.accept();
  await scenario.attempt({ ...LATER, dueAt: new Date() });
  expect(await retryMessage(scenario.context, { params: { id } })).toEqual({ ok: { recipients: 1 } });
  expect(scenario.woken).toMatchObject([{ queueId: 1 }]);
});

test('every command leaves its row in the audit', async ({ scenario }) => {
  const { context } = scenario;
  const id = await scenario.accept(['b@example.com', 'c@example.com']);
  await holdMessage(context, { params: { id }, body: { reason: 'looks odd' } });
  await releaseMessage(context, { params: { id } });
  await cancelMessage(context, { params: { id } });
  const subject = {
    actor: 'owner@example.org from 192.0.2.7',
    subjectId: id,
    subjectName: id,
    facts: { recipients: 2 },
  };
  expect(await scenario.audit()).toEqual([
    { ...subject, action: 'message.hold', reason: 'looks odd' },
    { ...subject, action: 'message.release', reason: undefined },
    { ...subject, action: 'message.cancel', reason: undefined },
  ]);
});

test.for([holdMessage, releaseMessage, cancelMessage, retryMessage])(
  'an auditor may not, and a message that is not there cannot be',
  async (verb, { scenario }) => {
    const id = await scenario.accept();
    expect(await verb(scenario.asAuditor, { params: { id } })).toMatchObject({ refused: { code: 'forbidden' } });
    const other = '0199a000-0000-7000-8000-000000000009';
    expect(await verb(scenario.context, { params: { id: other } })).toMatchObject({ refused: { code: 'not-found' } });
    expect(await verb(scenario.context, { params: { id: "' or 1=1" } })).toMatchObject({
      refused: { code: 'invalid-request' },
    });
    expect(await scenario.audit()).toEqual([]);
  },
);

async function ledger({ context }: Scenario) {
  const outcome = await showLedger(context, {});
  return 'ok' in outcome ? outcome.ok : undefined;
}

async function claimed({ store }: Scenario): Promise<number> {
  return (await store.delivery.claim({ queueId: 1, limit: 100, leaseMs: 60_000, inlineOctets: 0 })).recipients;
}

test('a message that is kept for a future release is not released before its time by releasing it from hold', async ({
  scenario,
}) => {
  const { context, store } = scenario;
  const id = await scenario.accept(['b@example.com'], { releaseAt: new Date(Date.now() + 3_600_000) });
  await holdMessage(context, { params: { id } });
  expect(await releaseMessage(context, { params: { id } })).toEqual({ ok: { recipients: 1 } });
  expect(await store.delivery.dueQueues()).toEqual([]);
});
