import { type DurableTestServer, durableTestServer } from '@postern/database';
import { waitFor } from '@postern/lab';
import { describe, expect, test } from 'vitest';
import { BACKENDS, Load, onDatabase, type Scenario, scenario } from '../src/index.ts';

const KILLS = 3;

describe.each(BACKENDS)('with lanes on %s', { timeout: 300_000 }, (backend) => {
  // At the same time: most of each is the wait for the leases of the dead.
  test.concurrent.each(['submission', 'delivery'] as const)(
    'every message that was acknowledged arrives although %s is killed again and again under load',
    async (service) => {
      await using world = await start(backend);
      const load = new Load({ port: world.gateway.ports.relay, sessions: 10 });
      let underWay = 0;
      for (let kill = 1; kill <= KILLS; kill += 1) {
        await acknowledgedMore(load, 150);
        await world.gateway.kill(service, 'SIGKILL');
        // Nothing of what is being delivered hangs on who accepts mail.
        if (service === 'delivery') underWay += await acceptedAndNotRecorded(world);
        await world.gateway.run(service);
      }
      await acknowledgedMore(load, 150);
      await load.stop();
      await everythingArrived(world, load, underWay);
    },
  );

  test.concurrent(
    'every message that was acknowledged arrives although PostgreSQL is killed again and again under load',
    async () => {
      const server = await durableTestServer();
      try {
        await using world = await start(backend, server);
        const load = new Load({ port: world.gateway.ports.relay, sessions: 10 });
        for (let kill = 1; kill <= KILLS; kill += 1) {
          await acknowledgedMore(load, 150);
          await server.kill();
          await server.start();
        }
        await acknowledgedMore(load, 150);
        await load.stop();
        // Who delivers lives on, keeps the outcomes, and records them when the database is back.
        await everythingArrived(world, load, 0);
      } finally {
        await server.close();
      }
    },
  );
});

async function start(backend: (typeof BACKENDS)[number], server?: DurableTestServer): Promise<Scenario> {
  const world = await scenario({ backend, host: { token: 'X-Token' }, ...(server ? { databaseUrl: server.url } : {}) });
  await world.gateway.cli(['network', 'add', '127.0.0.0/8', '--sender', '@lab.example']);
  return world;
}

async function acknowledgedMore(load: Load, count: number): Promise<void> {
  const wanted = load.acknowledged.size + count;
  while (load.acknowledged.size < wanted) await new Promise((resolve) => setTimeout(resolve, 10));
}

/**
 * How many messages the host has, of which the store does not know it, now that who delivered them is dead: each of them,
 * and no other one, may arrive once more (RFC 1047).
 */
async function acceptedAndNotRecorded(world: Scenario): Promise<number> {
  const { host } = world.internet;
  await waitFor(() => host.connections.open === 0, { what: 'the connections of the dead to end' });
  const { rows } = await onDatabase(world, (client) =>
    client.query<{ octets: Buffer }>(
      `select octets from contents where message_id in (select message_id from recipients where state = 'sending')`,
    ),
  );
  const tokens = rows.map(({ octets }) => /^X-Token: (\S+)/m.exec(octets.toString('latin1'))?.[1] ?? '');
  return tokens.filter((token) => host.tokens.has(token)).length;
}

/** `underWay` is what could not be known at the kills, and so may arrive twice. */
async function everythingArrived({ gateway, internet }: Scenario, load: Load, underWay: number): Promise<void> {
  // A message whose outcome is unknown is tried again when its lease has ended.
  const missing = () => [...load.acknowledged].filter((token) => !internet.host.tokens.has(token));
  await gateway.settled(180_000);
  await waitFor(() => missing().length === 0, { what: 'every acknowledged message', timeoutMs: 60_000 }).catch(() =>
    expect(missing()).toEqual([]),
  );
  const ledger = await gateway.settled();
  expect(ledger.accepted).toBeGreaterThanOrEqual(load.acknowledged.size);
  expect(ledger.delivered + ledger.deferred).toBe(ledger.accepted);
  const twice = [...internet.host.duplicates().values()].reduce((sum, count) => sum + count - 1, 0);
  const counts = `acknowledged ${load.acknowledged.size}, accepted ${ledger.accepted}`;
  console.info(`${counts}, arrived twice ${twice} of ${underWay} that were under way`);
  expect(twice).toBeLessThanOrEqual(underWay);
  // Two transactions on each of twenty lanes, and what was being written: what is sent waits for what is recorded.
  expect(underWay).toBeLessThanOrEqual(KILLS * 20 * 2);
}
