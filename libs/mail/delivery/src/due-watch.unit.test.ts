import { expect, test } from 'vitest';
import { DueWatch } from './due-watch.ts';

function watched(tookMs: number) {
  let nowMs = 0;
  const looks: (readonly number[] | undefined)[] = [];
  const watch = new DueWatch({ now: () => new Date(nowMs), monotonicMs: () => nowMs });
  const look = (due: readonly number[] = []) =>
    watch.look(async (among) => {
      looks.push(among);
      nowMs += among ? 0 : tookMs;
      return due.map((id) => ({ id, oldestDueAt: new Date(0) }));
    });
  return { watch, look, looks, later: (ms: number) => (nowMs += ms) };
}

test('where a look at all queues takes a moment, all are looked at each time', async () => {
  const { look, looks, later } = watched(5);
  for (let times = 0; times < 3; times += 1) {
    await look();
    later(2_000);
  }
  expect(looks).toEqual([undefined, undefined, undefined]);
});

test('where it takes long, only what was due or was told of is looked at in between', async () => {
  const { watch, look, looks, later } = watched(50);
  await look([7]);
  watch.note(9);
  later(2_000);
  await look([9]);
  later(2_000);
  await look();
  later(6_000);
  await look();
  expect(looks).toEqual([undefined, [7, 9], [9], undefined]);
});

test('what was told before a look that failed is looked at by the next one', async () => {
  const { watch, look, looks } = watched(50);
  await look();
  watch.note(3);
  await expect(watch.look(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
  await look();
  expect(looks).toEqual([undefined, [3]]);
});
