import { type Lane, UNRESOLVED_QUEUE } from '@postern/queue';
import { expect, test } from 'vitest';
import { AwakeLanes } from './context.ts';
import { Unheeded } from './unheeded.ts';

test('a queue that is due at two sweeps without a lane here gets another lane than the first one', () => {
  const { unheeded, context, woken } = world();
  unheeded.swept(due(7, UNRESOLVED_QUEUE), context);
  expect(woken).toEqual([]);
  unheeded.swept(due(7, UNRESOLVED_QUEUE), context);
  expect(woken).toEqual([
    { queueId: 7, lane: 2 },
    { queueId: UNRESOLVED_QUEUE, lane: 2 },
  ]);
});

test('a queue of which a lane runs here, one that rests and one with a single lane are left as they are', () => {
  const { unheeded, context, woken } = world();
  context.awake.add(7, 0);
  for (let sweeps = 0; sweeps < 3; sweeps += 1) unheeded.swept(due(7, 8, 9), context);
  expect(woken).toEqual([]);
});

test('where hundreds of queues wait for lanes none is woken twice for it', () => {
  const { unheeded, context, woken } = world();
  const many = due(...Array.from({ length: 300 }, (_, index) => 100 + index));
  for (let sweeps = 0; sweeps < 3; sweeps += 1) unheeded.swept(many, context);
  expect(woken).toEqual([]);
});

function due(...ids: readonly number[]) {
  return ids.map((id) => ({ id, oldestDueAt: new Date(0) }));
}

function world() {
  const woken: Lane[] = [];
  const context = {
    awake: new AwakeLanes(),
    alarm: { wake: (lane: Lane) => void woken.push(lane) },
    book: { rests: (id: number) => id === 8, lanes: (id: number) => (id === 9 ? 1 : 4) },
    random: () => 0.5,
  };
  return { unheeded: new Unheeded(), context, woken };
}
