import { mailHost, scriptedHost, waitFor } from '@postern/lab';
import { expect, test } from 'vitest';
import { fateBy, Load, messageId, onDatabase, scenario, submit } from '../src/index.ts';

test('two delivery processes share the lanes of a site exactly: never more connections than its limit, and all of them', async () => {
  await using world = await scenario({
    host: { answers: { content: () => ({ reply: '250 2.0.0 Ok', delayMs: 25 }) } },
    services: ['submission', 'delivery'],
  });
  const { gateway, internet } = world;
  await gateway.run('delivery', 'delivery 2');
  await gateway.cli(['network', 'add', '127.0.0.0/8']);
  await submit(world);
  await gateway.settled();
  await gateway.cli(['queue', 'limit', 'mx.receiver.example', '--lanes', '3', '--reason', 'they asked for it']);
  const load = new Load({ port: gateway.ports.relay, sessions: 6 });
  await waitFor(() => load.acknowledged.size >= 150, { what: 'a backlog', timeoutMs: 60_000 });
  await load.stop();
  await gateway.settled();
  expect(internet.host.count).toBe(load.acknowledged.size + 1);
  expect(internet.host.connections.peak).toBe(3);
  const shown = await gateway.cli(['queue', 'show', 'mx.receiver.example']);
  expect(shown).toMatch(/Lanes +3 may run, \d do \(1 to 3\)/);
});

test('a dead site with a backlog keeps no mail of others back, and queue show says what it waits for', async () => {
  await using world = await scenario();
  const { gateway, internet } = world;
  await using dead = await scriptedHost({
    address: '127.0.4.1',
    port: internet.host.port,
    script: async (client) => client.close(),
  });
  internet.zone.add(`
    dead.example.     300 IN MX 10 mx.dead.example.
    mx.dead.example.  300 IN A 127.0.4.1`);
  await gateway.cli(['network', 'add', '127.0.0.0/8']);
  const load = new Load({ port: gateway.ports.relay, sessions: 4, to: (number) => `user${number}@dead.example` });
  await waitFor(() => load.acknowledged.size >= 300, { what: 'a backlog', timeoutMs: 60_000 });
  await load.stop();
  const before = internet.host.count;
  for (let number = 0; number < 5; number += 1) {
    const id = messageId((await submit(world)).reply);
    await fateBy(world, id, ({ state }) => state === 'delivered');
  }
  expect(internet.host.count).toBe(before + 5);
  // One message at a time finds out whether it answers, at growing intervals; the others were not attempted.
  expect(dead.connections).toBeLessThan(60);
  const [waiting] = await onDatabase(
    world,
    async (client) =>
      (
        await client.query<{ count: number }>(
          `select count(*)::int from recipients where state = 'queued' and attempts = 0`,
        )
      ).rows,
  );
  expect(waiting?.count).toBeGreaterThan(150);
  const shown = await gateway.cli(['queue', 'show', 'mx.dead.example']);
  expect(shown).toMatch(/Rest +until .*, because of what we saw at mx\.dead\.example: /);
});

test('a host that says 421 to connections over its own limit gets all mail, over as many as it takes', async () => {
  await using world = await scenario();
  const { gateway, internet } = world;
  await using narrow = await mailHost({
    address: '127.0.4.2',
    port: internet.host.port,
    maxConnections: 2,
    answers: { content: () => ({ reply: '250 2.0.0 Ok', delayMs: 20 }) },
  });
  internet.zone.add(`
    narrow.example.     300 IN MX 10 mx.narrow.example.
    mx.narrow.example.  300 IN A 127.0.4.2`);
  await gateway.cli(['network', 'add', '127.0.0.0/8']);
  const load = new Load({ port: gateway.ports.relay, sessions: 4, to: (number) => `user${number}@narrow.example` });
  await waitFor(() => load.acknowledged.size >= 120, { what: 'a backlog', timeoutMs: 60_000 });
  await load.stop();
  await waitFor(() => narrow.count >= load.acknowledged.size, {
    what: 'all mail at the narrow host',
    timeoutMs: 60_000,
  });
  const pace = await gateway.json<{ pace: { changes: { kind: string; cause: { rule: string } | null }[] } }>([
    'queue',
    'show',
    'mx.narrow.example',
  ]);
  expect(pace.pace.changes).toContainEqual(
    expect.objectContaining({ kind: 'lanes', cause: expect.objectContaining({ rule: 'too-many-connections' }) }),
  );
});
