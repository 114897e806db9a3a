import { waitFor } from '@postern/lab';
import { expect, test } from 'vitest';
import { Load, onDatabase, type Scenario, scenario } from '../src/index.ts';

const SLOW = { content: () => ({ reply: '250 2.0.0 Ok', delayMs: 50 }) };

test('delivery that is told to end with many messages in flight finishes or hands back: none twice, none marked, none lost', async () => {
  await using world = await busy();
  const load = underLoad(world);
  await waitFor(() => world.internet.host.count > 50, { what: 'deliveries under way', timeoutMs: 60_000 });
  expect((await left(world))?.sending).toBeGreaterThan(0);
  await world.gateway.kill('delivery', 'SIGTERM');
  await load.stop();
  expect(await left(world)).toEqual({ sending: 0, marked: 0 });
  await world.gateway.run('delivery');
  await arrivedOnce(world, load);
});

test('two delivery processes share the work of one database, and each message is delivered once', async () => {
  await using world = await busy();
  await world.gateway.run('delivery', 'delivery-2');
  const load = underLoad(world);
  await waitFor(() => load.acknowledged.size > 300, { what: 'the load', timeoutMs: 60_000 });
  await load.stop();
  await arrivedOnce(world, load);
});

test('a delivery process whose event loop is blocked for 5 s delivers nothing twice within its leases, no lane of it counts as stalled, and an event tells', async () => {
  await using world = await busy();
  await world.gateway.run('delivery', 'delivery-2');
  // So much that the other process can carry it alone meanwhile.
  const load = underLoad(world, 3);
  await waitFor(() => world.internet.host.count > 50, { what: 'deliveries under way', timeoutMs: 60_000 });
  process.kill(world.gateway.pid('delivery'), 'SIGSTOP');
  const since = performance.now();
  await waitFor(() => world.internet.host.count > 150 && performance.now() - since > 5_000, {
    what: 'the other process to go on, and 5 s to pass',
    timeoutMs: 40_000,
  });
  process.kill(world.gateway.pid('delivery'), 'SIGCONT');
  // At once: of a long log only the end is kept.
  await waitFor(() => world.gateway.log.includes('the event loop was blocked'), { what: 'a line in the log' });
  await load.stop();
  await arrivedOnce(world, load);
  await waitFor(async () => /delivery on .* stood still for \d/.test(await blockedEvents(world)), { what: 'an event' });
  expect(world.gateway.log).not.toMatch(/stalled|lane failed/);
});

async function blockedEvents({ gateway }: Scenario): Promise<string> {
  const events = await gateway.json<readonly { kind: string; text: string }[]>(['event', 'list']);
  return events.flatMap(({ kind, text }) => (kind === 'process.blocked' ? [text] : [])).join('\n');
}

async function busy(): Promise<Scenario> {
  const world = await scenario({ host: { token: 'X-Token', answers: SLOW } });
  await world.gateway.cli(['network', 'add', '127.0.0.0/8', '--sender', '@lab.example']);
  return world;
}

function underLoad(world: Scenario, sessions = 10): Load {
  return new Load({ port: world.gateway.ports.relay, sessions });
}

async function left(world: Scenario): Promise<{ readonly sending: number; readonly marked: number } | undefined> {
  const { rows } = await onDatabase(world, (client) =>
    client.query<{ sending: number; marked: number }>(
      `select count(*) filter (where state = 'sending')::int as sending, count(*) filter (where maybe_delivered)::int as marked
       from recipients`,
    ),
  );
  return rows[0];
}

async function arrivedOnce(world: Scenario, load: Load): Promise<void> {
  const { host } = world.internet;
  await waitFor(() => [...load.acknowledged].every((token) => host.tokens.has(token)), {
    what: 'all to arrive',
    timeoutMs: 60_000,
  });
  await waitFor(async () => (await left(world))?.sending === 0, { what: 'all outcomes', timeoutMs: 20_000 });
  expect(host.duplicates().size).toBe(0);
  expect(await left(world)).toEqual({ sending: 0, marked: 0 });
}

test('a rolling restart of all delivery processes under load loses and duplicates nothing', async () => {
  await using world = await busy();
  await world.gateway.run('delivery', 'delivery-2');
  const load = underLoad(world);
  await waitFor(() => world.internet.host.count > 50, { what: 'deliveries under way', timeoutMs: 60_000 });
  for (const name of ['delivery', 'delivery-2'] as const) {
    const before = world.internet.host.count;
    await world.gateway.kill(name, 'SIGTERM');
    await world.gateway.run('delivery', name);
    await waitFor(() => world.internet.host.count > before + 50, { what: 'the others to go on', timeoutMs: 60_000 });
  }
  await load.stop();
  await arrivedOnce(world, load);
});
