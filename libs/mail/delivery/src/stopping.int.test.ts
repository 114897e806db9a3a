import { expect, test } from 'vitest';
import { laneScenario } from './testing/lane-scenario.ts';

test('a lane that is told to stop finishes what is under way and hands the rest back, uncounted and not marked', async () => {
  const stop = new AbortController();
  const world = await laneScenario({
    host: {
      answers: {
        content: () => {
          stop.abort();
          return undefined;
        },
      },
    },
  });
  for (let number = 0; number < 10; number += 1) await world.accept([`a${number}@example.com`]);
  await world.run(world.site, stop.signal);
  const [delivered] = await world.sql<{ count: number }>(
    `select count(*)::int from recipients where state = 'delivered'`,
  );
  expect(delivered?.count).toBe(world.host.count);
  expect(world.host.count).toBeLessThan(10);
  expect(
    await world.sql(`select distinct state, attempts, maybe_delivered from recipients where state <> 'delivered'`),
  ).toEqual([{ state: 'queued', attempts: 0, maybe_delivered: false }]);
});

test('a mail host that is silent does not keep a lane that is told to stop: only what may have arrived is marked', async () => {
  const stop = new AbortController();
  const world = await laneScenario({
    settings: { graceMs: 200 },
    host: {
      answers: {
        content: () => {
          stop.abort();
          return { delayMs: 60_000 };
        },
      },
    },
  });
  for (let number = 0; number < 10; number += 1) await world.accept([`a${number}@example.com`]);
  await world.run(world.site, stop.signal);
  expect(
    await world.sql(
      'select state, attempts, maybe_delivered, count(*)::int from recipients group by 1, 2, 3 order by 1',
    ),
  ).toEqual([
    { state: 'queued', attempts: 0, maybe_delivered: false, count: 9 },
    { state: 'deferred', attempts: 1, maybe_delivered: true, count: 1 },
  ]);
});
