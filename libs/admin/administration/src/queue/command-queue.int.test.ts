import { expect } from 'vitest';
import { test } from '../testing/scenario.ts';
import { resumeQueue } from './resume-queue.ts';
import { retryQueue } from './retry-queue.ts';
import { suspendQueue } from './suspend-queue.ts';

const params = { id: 1 };

test('nothing is claimed from a suspended queue until it is resumed', async ({ scenario }) => {
  const { context, store } = scenario;
  await scenario.accept();
  const claim = () => store.delivery.claim({ queueId: 1, limit: 10, leaseMs: 1_000, inlineOctets: 0 });
  const suspended = await suspendQueue(context, { params, body: { reason: 'they block us' } });
  expect(suspended).toMatchObject({ ok: { suspended: { by: 'owner@example.org', reason: 'they block us' } } });
  expect((await claim()).recipients).toBe(0);
  expect(scenario.woken).toEqual([]);
  expect(await resumeQueue(context, { params })).toMatchObject({ ok: { suspended: null } });
  expect(scenario.woken).toEqual([{ queueId: 1, lane: 0 }]);
  expect((await claim()).recipients).toBe(1);
});

test('a queue is suspended once and resumed once', async ({ scenario: { context } }) => {
  expect(await resumeQueue(context, { params })).toMatchObject({ refused: { code: 'conflict' } });
  await suspendQueue(context, { params });
  expect(await suspendQueue(context, { params })).toMatchObject({ refused: { code: 'conflict' } });
});

test('a retry makes what is deferred due now, and nothing else', async ({ scenario }) => {
  const { context, store } = scenario;
  await scenario.accept(['b@example.com', 'c@example.com']);
  await scenario.attempt({ kind: 'deferred', dueAt: new Date(Date.now() + 3_600_000), maybeDelivered: false });
  expect(await store.delivery.dueQueues()).toEqual([]);
  expect(await retryQueue(context, { params })).toEqual({ ok: { recipients: 2 } });
  expect(await store.delivery.dueQueues()).toMatchObject([{ id: 1 }]);
  expect(scenario.woken).toEqual([{ queueId: 1, lane: 0 }]);
  expect(await retryQueue(context, { params })).toEqual({ ok: { recipients: 0 } });
});

test('every command leaves its row in the audit, a refused one leaves none', async ({ scenario }) => {
  const { context } = scenario;
  await suspendQueue(context, { params, body: { reason: 'why not' } });
  await suspendQueue(context, { params });
  await resumeQueue(context, { params });
  await retryQueue(context, { params });
  const subject = { actor: 'owner@example.org from 192.0.2.7', subjectId: '1', subjectName: 'unresolved' };
  expect(await scenario.audit()).toEqual([
    { ...subject, action: 'queue.suspend', reason: 'why not', facts: { until: expect.any(String) } },
    { ...subject, action: 'queue.resume', reason: undefined, facts: {} },
    { ...subject, action: 'queue.retry', reason: undefined, facts: { recipients: 0 } },
  ]);
});

test.for([suspendQueue, resumeQueue, retryQueue])(
  'an auditor may not, and a queue that is not there cannot be',
  async (verb, { scenario }) => {
    expect(await verb(scenario.asAuditor, { params })).toMatchObject({ refused: { code: 'forbidden' } });
    expect(await verb(scenario.context, { params: { id: 999 } })).toMatchObject({ refused: { code: 'not-found' } });
    expect(await scenario.audit()).toEqual([]);
  },
);
