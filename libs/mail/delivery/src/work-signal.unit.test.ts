import { expect, test } from 'vitest';
import { WorkSignal } from './work-signal.ts';

const never = new AbortController().signal;

test('one signal wakes one waiting lane, the one that waited the shortest', async () => {
  const work = new WorkSignal();
  const woken: string[] = [];
  const first = work.wait(1, 60_000, never).then(() => woken.push('first'));
  const second = work.wait(1, 60_000, never).then(() => woken.push('second'));
  expect(work.tell(1)).toBe(true);
  await second;
  expect(woken).toEqual(['second']);
  work.tell(1);
  await first;
});

test('a signal that nobody waits for says so', () => {
  expect(new WorkSignal().tell(1)).toBe(false);
});

test('a lane that waits for one queue does not hear of another', async () => {
  const work = new WorkSignal();
  const waiting = work.wait(1, 60_000, never);
  expect(work.tell(2)).toBe(false);
  work.tell(1);
  expect(await waiting).toBe(true);
});

test('a lane whose time is over is not told any more', async () => {
  const work = new WorkSignal();
  expect(await work.wait(1, 1, never)).toBe(false);
  expect(work.tell(1)).toBe(false);
});

test('a lane that is told to stop waits no longer', async () => {
  const work = new WorkSignal();
  const stop = new AbortController();
  const waiting = work.wait(1, 60_000, stop.signal);
  stop.abort();
  expect(await waiting).toBe(false);
  expect(await work.wait(1, 60_000, stop.signal)).toBe(false);
});

test('a signal that was left wakes the next lane that comes to wait, and nobody else', async () => {
  const work = new WorkSignal();
  let late = 0;
  work.leave(1, 20, () => (late += 1));
  expect(await work.wait(1, 60_000, never)).toBe(true);
  expect(await work.wait(1, 40, never)).toBe(false);
  expect(late).toBe(0);
});

test('a signal that was left and that nobody came for in time is told as such, once', async () => {
  const work = new WorkSignal();
  let late = 0;
  work.leave(1, 5, () => (late += 1));
  work.leave(1, 5, () => (late += 1));
  await expect.poll(() => late).toBe(1);
  expect(await work.wait(1, 1, never)).toBe(false);
});
