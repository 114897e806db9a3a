import { waitFor } from '@postern/lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { greeted, plain, type RawClient, type TwoSubmissions, twoSubmissions } from '../src/index.ts';

let two: TwoSubmissions;
beforeAll(async () => {
  two = await twoSubmissions();
});
afterAll(() => two[Symbol.asyncDispose]());

test('guesses from one address at one process are answered with 421 at the other, and the right secret is heard all the same', async () => {
  const from = '127.0.1.1';
  await guesses(100, { from, port: two.ports[0] });
  await waitFor(async () => (await guess({ from, port: two.ports[1] })).code === 421, {
    what: 'the address to be blocked at the other process',
    timeoutMs: 20_000,
  });
  const { user, password } = two.world;
  expect((await guess({ from, port: two.ports[1], user, password })).code).toBe(235);
  expect((await guess({ from: '127.0.2.1', port: two.ports[1], user: 'somebody-else' })).code).toBe(535);
});

test('guesses at one name from many networks are answered with 421, whether the name exists or not, and its own client is heard', async () => {
  const victim = await two.world.gateway.credential('victim');
  for (const user of [victim.user, 'nobody-of-that-name']) {
    await Promise.all(
      Array.from({ length: 25 }, (_, index) =>
        guesses(4, { from: `127.0.${100 + index}.1`, port: two.ports[index % 2 === 0 ? 0 : 1], user }),
      ),
    );
    await waitFor(async () => (await guess({ from: '127.0.200.1', port: two.ports[0], user })).code === 421, {
      what: `guesses at ${user} to be answered with 421`,
      timeoutMs: 20_000,
    });
  }
  expect((await guess({ from: '127.0.201.1', port: two.ports[0], ...victim })).code).toBe(235);
});

test('a wrong secret and an unknown name take the same time, later and later on one connection', async () => {
  const times: Record<string, number[]> = { known: [], unknown: [] };
  for (const [which, user] of [
    ['known', two.world.user],
    ['unknown', 'nobody-at-all'],
  ] as const) {
    using client = await under(two.ports[0], '127.0.3.1');
    for (let number = 0; number < 3; number += 1) {
      const since = performance.now();
      expect(await client.code(`AUTH PLAIN ${plain(user, 'wrong')}`)).toBe(535);
      times[which]?.push(performance.now() - since);
    }
  }
  for (const each of Object.values(times)) {
    expect(each[0]).toBeGreaterThanOrEqual(95);
    expect(each[2]).toBeGreaterThanOrEqual(4 * 95);
  }
});

interface Guess {
  readonly from: string;
  readonly port: number;
  readonly user?: string;
  readonly password?: string;
}

/** Wrong guesses, four on each connection, all connections at once. */
async function guesses(count: number, options: Guess): Promise<void> {
  await Promise.all(
    Array.from({ length: count / 4 }, async () => {
      using client = await under(options.port, options.from);
      const line = `AUTH PLAIN ${plain(options.user ?? 'somebody', 'guess')}\r\n`;
      await client.write(line.repeat(4));
      await client.rest();
    }),
  );
}

/** One guess on a connection of its own. */
async function guess({ from, port, user = 'somebody', password = 'wrong' }: Guess): Promise<{ readonly code: number }> {
  using client = await under(port, from);
  return await client.ask(`AUTH PLAIN ${plain(user, password)}`);
}

async function under(port: number, from: string): Promise<RawClient> {
  const client = await greeted(port, { from });
  await client.ask('STARTTLS');
  await client.secure();
  await client.ask('EHLO client.lab.example');
  return client;
}
