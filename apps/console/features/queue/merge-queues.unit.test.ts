import type { Queue } from '@postern/admin-contract';
import { describe, expect, it } from 'vitest';
import { depthOf, mergeQueues } from './merge-queues.ts';

describe('queues that change while they are shown', () => {
  const shown = [queue(1, 'unresolved', 0), queue(2, 'mx.example.com', 7), queue(3, 'mx.example.net', 2)];
  const summary = (queues: readonly Queue[]) => queues.map((each) => `${each.id}:${depthOf(each)}`);

  it('stay where they are, also when they run empty or overtake another', () => {
    const merged = mergeQueues(shown, [queue(3, 'mx.example.net', 90), queue(2, 'mx.example.com', 0)], {
      show: 'waiting',
    });
    expect(summary(merged)).toEqual(['1:0', '2:0', '3:90']);
  });

  it('come last when they are new', () => {
    expect(summary(mergeQueues(shown, [queue(4, 'mx.example.org', 1)], { show: 'waiting' }))).toEqual([
      '1:0',
      '2:7',
      '3:2',
      '4:1',
    ]);
  });

  it.each([
    ['of another kind', { show: 'waiting', kind: 'route' }],
    ['of another name', { show: 'waiting', name: 'EXAMPLE.COM' }],
  ] as const)('do not come when they are %s than the list asks for', (_, which) => {
    expect(mergeQueues(shown, [queue(4, 'mx.example.org', 1)], which)).toHaveLength(3);
  });

  it('do not come when they are empty, unless the list shows those too', () => {
    expect(mergeQueues(shown, [queue(4, 'mx.example.org', 0)], { show: 'waiting' })).toHaveLength(3);
    expect(mergeQueues(shown, [queue(4, 'mx.example.org', 0)], { show: 'all' })).toHaveLength(4);
  });
});

function queue(id: number, name: string, deferred: number): Queue {
  return {
    id,
    kind: name === 'unresolved' ? 'unresolved' : 'site',
    name,
    counts: { queued: 0, sending: 0, deferred, held: 0 },
    oldestAcceptedAt: null,
    nextDueAt: null,
    suspended: null,
    lastAttempt: null,
    sends: { running: 0, lanes: 1, mostLanes: 20, perMinute: null, restUntil: null },
  };
}
