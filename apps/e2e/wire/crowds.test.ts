import { waitFor } from '@postern/lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  authenticated,
  encrypted,
  greeted,
  opened,
  plain,
  RawClient,
  type Scenario,
  scenario,
  sendRaw,
  SOUND,
} from '../src/index.ts';

let world: Scenario;
beforeAll(async () => {
  world = await scenario({ services: ['submission'] });
  await world.gateway.run('submission', 'few', {
    POSTERN_LISTEN_SUBMISSION: `127.0.0.1:${FEW}`,
    POSTERN_LISTEN_SUBMISSIONS: 'off',
    POSTERN_LISTEN_RELAY: 'off',
    POSTERN_MAX_CONNECTIONS: '40',
    POSTERN_MAX_CONNECTIONS_PER_ADDRESS: '30',
  });
});
afterAll(() => world[Symbol.asyncDispose]());

/** A port of a process that takes few connections. */
const FEW = 20_587;

test('2,000 connections do nothing and 40 send an octet now and then, and others submit as fast as before', async () => {
  const { submission } = world.gateway.ports;
  const alone = await throughput();
  const idle: RawClient[] = [];
  for (let batch = 0; batch < 20; batch += 1)
    idle.push(
      ...(await Promise.all(
        Array.from({ length: 100 }, (_, number) =>
          RawClient.connect(submission, { from: `127.0.0.${30 + (number % 5)}` }),
        ),
      )),
    );
  const slow = await Promise.all(
    Array.from({ length: 40 }, async (_, number) => {
      const client = await authenticated(world);
      if (number % 2 === 0) await opened(client);
      return client;
    }),
  );
  const drip = setInterval(() => slow.forEach((client) => void client.write('x')), 100);
  try {
    expect(await reaches(alone * 0.5)).toBe(true);
    expect(idle.filter(({ isClosed }) => isClosed)).toEqual([]);
  } finally {
    clearInterval(drip);
    for (const client of [...idle, ...slow]) client.destroy();
  }
});

test('a credential that goes on trying at its limit does not slow the others down', async () => {
  const greedy = await world.gateway.credential('greedy', ['@lab.example'], ['--rate', '5/hour']);
  const alone = await throughput();
  let stopped = false;
  let refusals = 0;
  const hammering = Array.from({ length: 10 }, async () => {
    using client = await authenticated({ ...world, ...greedy });
    while (!stopped) {
      const { code } = await client.ask('MAIL FROM:<app@lab.example>');
      if (code === 250) await client.ask('RSET');
      else refusals += 1;
      if (code === 250) await sendRaw(client, SOUND).catch(() => undefined);
    }
  });
  await waitFor(() => refusals > 10, { what: 'the limit to be reached' });
  const asBefore = await reaches(alone * 0.5);
  stopped = true;
  await Promise.all(hammering);
  expect(asBefore).toBe(true);
});

test('over the number of connections from one address each hears 421, and other addresses are taken', async () => {
  using _established = await established();
  const many = await Promise.all(Array.from({ length: 30 }, () => greeted(FEW, { from: '127.0.0.41' })));
  using refused = await RawClient.connect(FEW, { from: '127.0.0.41' });
  expect((await refused.read()).text).toMatch(/^421 4\.7\.0 /);
  using other = await greeted(FEW, { from: '127.0.0.42' });
  expect(await other.code('NOOP')).toBe(250);
  for (const client of many) client.destroy();
  await waitFor(async () => (await tryGreeting('127.0.0.41')) === 220, { what: 'room for that address again' });
});

test('over the number of connections each hears 421, sessions that are open are served, and within half a minute others come in', async () => {
  using client = await established();
  const crowd = await Promise.all(
    Array.from({ length: 39 }, (_, number) => greeted(FEW, { from: `127.0.0.${50 + (number % 3)}` })),
  );
  expect(await tryGreeting('127.0.0.60')).toBe(421);
  expect((await sendRaw(client, SOUND)).code).toBe(250);
  await waitFor(async () => (await tryGreeting('127.0.0.60')) === 220, {
    what: 'idle connections to make room',
    timeoutMs: 30_000,
    everyMs: 500,
  });
  expect((await sendRaw(client, SOUND)).code).toBe(250);
  for (const each of crowd) each.destroy();
});

/** Messages per second of ten sessions that have nothing else to do. */
async function throughput(): Promise<number> {
  const clients = await Promise.all(Array.from({ length: 10 }, () => authenticated(world)));
  const since = performance.now();
  const each = 30;
  await Promise.all(
    clients.map(async (client) => {
      for (let number = 0; number < each; number += 1) expect((await sendRaw(client, SOUND)).code).toBe(250);
      client.destroy();
    }),
  );
  return (clients.length * each * 1000) / (performance.now() - since);
}

/** Whether so many are taken each second, at one time of three: others work on this machine too, now and then. */
async function reaches(perSecond: number): Promise<boolean> {
  for (let tries = 0; tries < 3; tries += 1) if ((await throughput()) > perSecond) return true;
  return false;
}

async function established(): Promise<RawClient> {
  const client = await encrypted(FEW);
  expect(await client.code(`AUTH PLAIN ${plain(world.user, world.password)}`)).toBe(235);
  return client;
}

async function tryGreeting(from: string): Promise<number> {
  using client = await RawClient.connect(FEW, { from });
  return (await client.read()).code;
}
