import { type DurableTestServer, durableTestServer } from '@postern/database';
import { temporaryDirectory, waitFor } from '@postern/lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fateBy, messageId, onDatabase, type Scenario, scenario, submit } from '../src/index.ts';

let server: DurableTestServer;
let world: Scenario;
let restore: () => Promise<void>;
/** Waits in the backup, and was delivered after it was made. */
let first: string;
beforeAll(async () => {
  server = await durableTestServer('backed up');
  await server.asSuperuser('grant execute on function pg_stat_file(text, boolean) to postern');
  world = await scenario({ databaseUrl: server.url });
  await delivered(messageId((await submit(world)).reply));
  await world.gateway.kill('delivery', 'SIGTERM');
  first = messageId((await submit(world)).reply);
  restore = await server.backup();
  await world.gateway.run('delivery');
  await delivered(first);
  await stop();
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await server.close();
});

test('a base backup that is restored sends nothing again until an operator resumes, and says why wherever one looks', async () => {
  const { gateway, internet } = world;
  const before = internet.host.count;
  await restore();
  await start();
  const second = messageId((await submit(world)).reply);
  await stopped();
  expect(await gateway.cli(['queue', 'show', 'mx.receiver.example'])).toMatch(
    /State +all mail is suspended[^]*Kept back +All mail is suspended by delivery: The database was restored as of about 20/,
  );
  expect((await gateway.tryCli(['doctor'])).stdout).toContain('The database was restored as of about 20');
  expect(internet.host.count).toBe(before);
  // What may have been delivered already is held, and the new mail goes.
  await gateway.cli(['message', 'hold', first]);
  await gateway.cli(['queue', 'resume', '--all']);
  await delivered(second);
  expect((await fateBy(world, first, () => true)).state).toBe('held');
  expect(internet.host.count).toBe(before + 1);
  await stop();
});

test('the same backup under delivery processes that remember nothing is told by its files', async () => {
  await using elsewhere = await temporaryDirectory();
  const before = world.internet.host.count;
  await restore();
  await start({ POSTERN_DATA_DIR: elsewhere.path });
  await stopped();
  expect(world.internet.host.count).toBe(before);
  expect((await fateBy(world, first, () => true)).state).toBe('queued');
});

async function start(env: Readonly<Record<string, string>> = {}): Promise<void> {
  await Promise.all((['submission', 'delivery'] as const).map((name) => world.gateway.run(name, name, env)));
}

async function stop(): Promise<void> {
  await Promise.all(['submission', 'delivery'].map((name) => world.gateway.kill(name, 'SIGTERM')));
}

function delivered(id: string) {
  return fateBy(world, id, ({ state }) => state === 'delivered');
}

/** Everything is suspended, by delivery itself. */
function stopped(): Promise<unknown> {
  return onDatabase(world, (client) =>
    waitFor(
      async () => {
        const { rowCount } = await client.query(
          `select from suspensions where scope = 'all' and "by" = 'delivery' and lifted_at is null`,
        );
        return rowCount === 1;
      },
      { timeoutMs: 60_000, what: 'delivery to stop everything' },
    ),
  );
}
