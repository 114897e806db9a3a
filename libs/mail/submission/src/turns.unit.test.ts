import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

test('no more act at once than there are turns, the others follow in their order, and a failure gives its turn on', async () => {
  const turns = new Turns(2);
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const acts = [0, 1, 2, 3].map((number) =>
    turns.take(async () => {
      begun.push(number);
      await new Promise<void>((resolve) => (ends[number] = resolve));
      if (number === 1) throw new Error('failed');
      return number;
    }),
  );
  const outcomes = Promise.allSettled(acts);
  expect(begun).toEqual([0, 1]);
  ends[1]?.();
  await expect(acts[1]).rejects.toThrow('failed');
  await expect.poll(() => begun).toEqual([0, 1, 2]);
  ends[0]?.();
  await acts[0];
  await expect.poll(() => begun).toEqual([0, 1, 2, 3]);
  ends[2]?.();
  ends[3]?.();
  expect((await outcomes).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
});
