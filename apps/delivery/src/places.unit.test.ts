import { expect, test } from 'vitest';
import { Places } from './places.ts';

test('a lane that waits for a silent host gives its place away, and goes on to its end', async () => {
  const places = new Places(4);
  const ends: (() => void)[] = [];
  const freed: (() => void)[] = [];
  const jobs = Array.from({ length: 3 }, () =>
    places.run((slot) => {
      freed.push(slot.free);
      return new Promise((resolve) => ends.push(resolve));
    }),
  );
  expect(places.crowded).toBe(true);
  freed[0]?.();
  await jobs[0];
  expect(places.crowded).toBe(false);
  for (const end of ends) end();
  await Promise.all(jobs);
  expect(places.crowded).toBe(false);
});

test('a lane that fails in its place fails its job, and leaves the place', async () => {
  const places = new Places(1);
  await expect(places.run(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(places.crowded).toBe(false);
});
