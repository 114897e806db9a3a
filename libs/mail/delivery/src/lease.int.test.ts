import { expect, test } from 'vitest';
import { runLane } from './index.ts';
import { laneScenario } from './testing/lane-scenario.ts';

test('a lane that the store fails lets its lease end, and its mail comes again', async () => {
  const world = await laneScenario({ settings: { leaseMs: 300 } });
  await world.accept();
  const failing = world.another({
    resolver: { ...world.context.resolver, mx: () => Promise.reject(new Error('the disk is gone')) },
  });
  await expect(runLane({ queueId: world.site, lane: 0 }, failing, new AbortController().signal)).rejects.toThrow(
    'disk',
  );
  expect(failing.awake.size).toBe(0);
  await expect.poll(() => world.store.delivery.recoverLostLeases(), { timeout: 5_000 }).toBe(1);
  await world.run();
  expect(await world.states()).toEqual({ 'someone@example.com': 'delivered' });
});

test('a transaction that ends in a fault of ours does not hold its lease for ever', async () => {
  const world = await laneScenario({ settings: { leaseMs: 300 } });
  await world.accept();
  const failing = world.another({
    dialer: {
      dial: async (target) => {
        const end = await world.context.dialer.dial(target);
        if (end.kind === 'connected') end.connection.transact = () => Promise.reject(new Error('a fault of ours'));
        return end;
      },
    },
  });
  await runLane({ queueId: world.site, lane: 0 }, failing, new AbortController().signal);
  await expect.poll(() => world.store.delivery.recoverLostLeases(), { timeout: 5_000 }).toBe(1);
  expect(world.host.count).toBe(0);
});

test('a lane that stood still beyond its lease sends nothing more, and its late outcome moves nothing', async () => {
  const world = await laneScenario({ settings: { leaseMs: 600, graceMs: 100 } });
  await world.accept();
  // The lane's own clock and timers stand still in the middle of a transaction, as those of a stopped process do.
  const frozen = world.another({
    store: {
      ...world.context.store,
      prolong: () => new Promise(() => undefined),
    },
    recorder: world.context.recorder,
  });
  world.host.answer({ data: () => ({ reply: '354 Go on', delayMs: 1_500 }) });
  const standing = runLane({ queueId: world.site, lane: 1 }, frozen, new AbortController().signal);
  await expect.poll(() => world.store.delivery.recoverLostLeases(), { timeout: 5_000 }).toBe(1);
  world.host.answer({});
  await world.run();
  await standing;
  expect(world.host.count).toBe(1);
  expect(await world.states()).toEqual({ 'someone@example.com': 'delivered' });
  expect(await world.sql(`select late, outcome from attempts order by late, started_at`)).toEqual([
    { late: false, outcome: 'delivered' },
    { late: true, outcome: 'deferred' },
  ]);
});

test('a reply that comes after the lease had ended does not move a recipient that another lane decides', async () => {
  const world = await laneScenario({ settings: { leaseMs: 400 } });
  await world.accept();
  const frozen = world.another({ store: { ...world.context.store, prolong: () => new Promise(() => undefined) } });
  world.host.answer({ content: () => ({ reply: '550 5.7.1 No', delayMs: 1_200 }) });
  const standing = runLane({ queueId: world.site, lane: 1 }, frozen, new AbortController().signal);
  await expect.poll(() => world.store.delivery.recoverLostLeases(), { timeout: 5_000 }).toBe(1);
  world.host.answer({});
  await world.run();
  await standing;
  expect(await world.states()).toEqual({ 'someone@example.com': 'delivered' });
  expect(world.warnings).toContain('outcome came after the lease had ended');
});

test('two processes share the work of a queue, and each message is delivered once', async () => {
  const world = await laneScenario({
    host: { token: 'X-Token', answers: { content: () => ({ reply: '250 Ok', delayMs: 20 }) } },
  });
  for (let number = 0; number < 60; number += 1)
    await world.accept([`a${number}@example.com`], { traceFields: Buffer.from(`X-Token: ${number}\r\n`) });
  const never = new AbortController().signal;
  await Promise.all(
    [world.context, world.another()].map((context, lane) => runLane({ queueId: world.site, lane }, context, never)),
  );
  expect(world.host.count).toBe(60);
  expect(world.host.duplicates().size).toBe(0);
  expect(world.host.connections.total).toBe(2);
});

test('a lane that runs twice in a process counts as awake until both runs have ended', async () => {
  const world = await laneScenario();
  const { awake } = world.context;
  awake.add(1, 0);
  awake.add(1, 0);
  awake.remove(1, 0);
  expect(awake.size).toBe(1);
  awake.remove(1, 0);
  expect(awake.size).toBe(0);
});
