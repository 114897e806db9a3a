import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HALF_MADE } from './layout.ts';
import { isRunning, makersOf, processesOf, servesCluster } from './processes.ts';
import { ask, killed, launchStarter, otherStarter, scenario } from './testing/scenario.ts';
import type { EmbeddedPostgres } from './start-embedded-postgres.ts';

test('SIGKILL of the postmaster is told to the caller, and the next start brings back every commit', async () => {
  const { start } = await scenario();
  const first = await start();
  await ask(first.url, 'create table kept (id int)');
  const busy = ask(first.url, 'insert into kept select generate_series(1, 100000000)').catch((error: unknown) => error);
  await ask(first.url, 'insert into kept values (7)');
  expect(await killedBySignal(first)).toBe('SIGKILL');
  const second = await start();
  expect(await ask(second.url, 'select id from kept')).toEqual([{ id: 7 }]);
  expect(await busy).toBeInstanceOf(Error);
});

test('five kills in a row are survived by five starts', async () => {
  const { start } = await scenario();
  let server = await start();
  await ask(server.url, 'create table kept (id int)');
  for (let round = 1; round <= 5; round += 1) {
    await ask(server.url, `insert into kept values (${round})`);
    await killedBySignal(server);
    server = await start();
  }
  expect(await ask(server.url, 'select count(*)::int as n from kept')).toEqual([{ n: 5 }]);
});

test('a server that outlived its killed starter is ended, and one new server takes its place', async () => {
  const { start, dataDir, layout } = await scenario();
  const { child, says } = await otherStarter(dataDir);
  await killed(child);
  expect(isRunning(says.pid ?? 0)).toBe(true);
  const server = await start();
  expect(isRunning(says.pid ?? 0)).toBe(false);
  expect(processesOf(layout.cluster)).toContain(server.pid);
  expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('a postmaster.pid that names a process of somebody else does not hold up the start', async () => {
  const { start, layout } = await scenario();
  // As after a power loss, when the number has gone to another process of the same user: here to ourselves.
  writeFileSync(
    layout.postmasterPid,
    `${process.pid}\n${layout.cluster}\n1700000000\n5432\n\n127.0.0.1\n 1 2\nready\n`,
  );
  expect(servesCluster(process.pid, layout.cluster)).toBe(false);
  expect(await ask((await start()).url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('an initdb that was killed half-way, with its starter, leaves nothing that blocks the next start', async () => {
  const { start, dataDir, layout } = await scenario({ cluster: 'none' });
  const child = launchStarter(dataDir);
  await expect
    .poll(() => makersOf(join(layout.folder, HALF_MADE)).length, { timeout: 10_000, interval: 5 })
    .toBeGreaterThan(0);
  await killed(child);
  expect(existsSync(layout.cluster)).toBe(false);
  expect(await ask((await start()).url, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect(readdirSync(layout.folder).filter((entry) => entry.startsWith(HALF_MADE))).toEqual([]);
});

function killedBySignal(server: EmbeddedPostgres): Promise<NodeJS.Signals | null> {
  return new Promise((resolve) => {
    server.onExit((end) => resolve(end.signal));
    process.kill(server.pid, 'SIGKILL');
  });
}
