import { expect } from 'vitest';
import { addPoolRule } from '../source/add-pool-rule.ts';
import { addSource } from '../source/add-source.ts';
import { suspend } from '../suspension/suspend.ts';
import { test } from '../testing/scenario.ts';
import { showQueue } from './show-queue.ts';
import { suspendQueue } from './suspend-queue.ts';

const reply = { from: 'local', code: 451, enhanced: '4.4.1', text: 'connection refused' } as const;
const cause = { atMs: 0, rule: 'no-answer', host: 'mx.example', reply };

test('every way to keep mail back that the store knows of is found in it', async ({ scenario }) => {
  const { context, store } = scenario;
  const told = async () => {
    const shown = await showQueue(context, { params: { id: 1 } });
    return 'ok' in shown ? shown.ok.keptBack.map(({ by, recipients }) => [by, recipients]) : [];
  };
  await scenario.accept(['b@example.com', 'c@example.com']);
  expect(await told()).toEqual([['no delivery process', 2]]);
  await store.delivery.recoverLostLeases();
  expect(await told()).toEqual([['lanes', 2]]);
  await store.pace.takeSeat({ queueId: 1, lane: 0 });
  expect(await told()).toEqual([]);

  await addSource(context, {
    body: {
      name: 'out1',
      addresses: ['192.0.2.1'],
      ehloName: 'out1.example.org',
      pool: 'bulk',
      weight: 1,
      warmUp: [5],
    },
  });
  await addPoolRule(context, { body: { pool: 'bulk', senderRule: 'a@example.org' } });
  expect(await told()).toEqual([]);
  const [source] = await store.sources.sources();
  const sourceId = source?.id ?? '';
  await store.sources.report({ sourceId, machine: 'one', missing: ['192.0.2.1'] });
  expect(await told()).toEqual([['no source', 2]]);
  await store.sources.report({ sourceId, machine: 'two', missing: [] });
  expect(await told()).toEqual([]);
  await store.sources.reserve({ sourceId, queueId: 1, want: 9, limit: 5 });
  expect(await told()).toEqual([['no source', 2]]);

  await store.pace.setAside(1, { kind: 'sender', subject: 'a@example.org', forMs: 60_000, cause });
  await store.pace.tell(1, { kind: 'rest', cause, forMs: 60_000 });
  for (const [scope, subject] of [
    ['all', ''],
    ['sender', '@example.org'],
    ['domain', 'example.com'],
    ['domain', 'elsewhere.example'],
  ] as const)
    expect(await suspend(context, { body: { scope, subject } })).toHaveProperty('ok');
  expect(await suspendQueue(context, { params: { id: 1 }, body: {} })).toHaveProperty('ok');
  await scenario.accept(['held@example.com'], { held: true });
  expect(await told()).toEqual([
    ['everything suspended', null],
    ['mail suspended', 2],
    ['mail suspended', 2],
    ['queue suspended', null],
    ['held', 1],
    ['rest', null],
    ['sender rests', null],
    ['no source', 2],
  ]);
});
