import { expect } from 'vitest';
import { test } from '../testing/scenario.ts';
import { limitQueue } from './limit-queue.ts';
import { retryQueue } from './retry-queue.ts';
import { showQueue } from './show-queue.ts';

const params = { id: 1 };
const cause = {
  atMs: 0,
  rule: 'too-many-connections',
  host: 'mx.example',
  reply: { from: 'remote' as const, code: 421, enhanced: '4.7.0', text: 'Too many connections' },
};

test('a ceiling counts at once: no lane above it gets anything', async ({ scenario }) => {
  const { context, store } = scenario;
  await scenario.accept();
  expect(await limitQueue(context, { params, body: { mostLanes: 2, mostPerMinute: 30 } })).toMatchObject({
    ok: { lanes: { now: 2, least: 1, most: 2 }, rate: { perMinute: 30, most: 30 } },
  });
  const claim = (lane: number) =>
    store.delivery.claim({ queueId: 1, lane, limit: 10, leaseMs: 1_000, inlineOctets: 0 });
  expect((await claim(2)).recipients).toBe(0);
  expect((await claim(1)).recipients).toBe(1);
  expect(await limitQueue(context, { params, body: { mostLanes: null, mostPerMinute: null } })).toMatchObject({
    ok: { lanes: { most: 20 }, rate: { perMinute: null, most: null } },
  });
});

test('a queue shows what made its pace: the reply, its host, the rule, and when it will be lifted', async ({
  scenario: { context, store },
}) => {
  await store.pace.tell(1, { kind: 'fewer lanes', cause });
  await store.pace.tell(1, { kind: 'rest', cause, forMs: 60_000 });
  const shown = await showQueue(context, { params });
  const heard = {
    rule: 'too-many-connections',
    host: 'mx.example',
    reply: { from: 'remote' as const, code: 421, enhanced: '4.7.0' },
  };
  expect(shown).toMatchObject({
    ok: {
      pace: {
        lanes: { now: 1, cause: heard },
        rest: { until: expect.any(String), cause: heard },
        changes: [
          { kind: 'rest', until: expect.any(String), cause: heard },
          { kind: 'lanes', before: 4, after: 1, cause: heard },
        ],
      },
    },
  });
});

test('a retry of a queue lifts its rest', async ({ scenario }) => {
  const { context, store } = scenario;
  await scenario.accept();
  await store.pace.tell(1, { kind: 'rest', cause, forMs: 60_000 });
  expect(await store.delivery.dueQueues()).toEqual([]);
  await retryQueue(context, { params });
  expect(await store.delivery.dueQueues()).toMatchObject([{ id: 1 }]);
  expect(await showQueue(context, { params })).toMatchObject({ ok: { pace: { rest: null, unanswered: 0 } } });
  expect(scenario.woken).toEqual([{ queueId: 1, lane: 0 }]);
});

test('a limit leaves its row in the audit, and one that cannot be is refused', async ({ scenario }) => {
  const { context } = scenario;
  expect(await limitQueue(context, { params, body: { leastLanes: 5, mostLanes: 2 } })).toMatchObject({
    refused: { code: 'invalid-request' },
  });
  expect(await limitQueue(scenario.asAuditor, { params, body: {} })).toMatchObject({ refused: { code: 'forbidden' } });
  expect(await limitQueue(context, { params: { id: 999 }, body: {} })).toMatchObject({
    refused: { code: 'not-found' },
  });
  await limitQueue(context, { params, body: { mostLanes: 3, reason: 'they asked' } });
  expect(await scenario.audit()).toMatchObject([
    { action: 'queue.limit', subjectName: 'unresolved', reason: 'they asked', facts: { mostLanes: 3 } },
  ]);
});
