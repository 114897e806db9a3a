import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HALF_MADE } from './layout.ts';
import type { Layout } from './layout.ts';
import { isRunning, makersOf, processesOf } from './processes.ts';
import { locateEmbeddedPostgres } from './locate-embedded-postgres.ts';
import { ask, openFolder, scenario } from './testing/scenario.ts';

test('the first start makes a database that keeps what is committed over a stop and a start', async () => {
  const { start } = await scenario({ cluster: 'none' });
  const first = await start();
  await ask(first.url, 'create table kept as select 42 as answer');
  await first.stop();
  const second = await start();
  expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  expect(second.url).toBe(first.url);
});

test('a data directory whose path is too long for a socket is served over TCP on 127.0.0.1', async () => {
  const { start } = await scenario({ below: join(openFolder(), 'x'.repeat(60)) });
  const { url } = await start();
  expect(await ask(url, 'select host(inet_server_addr()) as address')).toEqual([{ address: '127.0.0.1' }]);
});

test('a port that somebody else took meanwhile is given up for another one', async () => {
  const { start } = await scenario();
  const first = await start();
  await first.stop();
  const port = Number(new URL(first.url).port);
  const thief = createServer();
  await new Promise<void>((resolve) => thief.listen(port, '127.0.0.1', resolve));
  const second = await start();
  thief.close();
  expect(new URL(second.url).port).not.toBe(String(port));
  expect(await ask(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('stop() may be called twice, and open sessions do not hold it up', async () => {
  const { start } = await scenario();
  const server = await start();
  const session = ask(server.url, 'select pg_sleep(60)').catch((error: unknown) => error);
  await Promise.all([server.stop(), server.stop()]);
  expect(isRunning(server.pid)).toBe(false);
  await session;
});

for (const [moment, reached] of [
  ['at once', () => true],
  ['while initdb runs', (layout: Layout) => makersOf(join(layout.folder, HALF_MADE)).length > 0],
  ['while the postmaster starts', (layout: Layout) => existsSync(layout.postmasterPid)],
] as const) {
  test(`a start that is broken off ${moment} leaves no process and no claim, and may be made again`, async () => {
    const { start, layout } = await scenario({ cluster: 'none' });
    const abort = new AbortController();
    const broken = expect(start({ signal: abort.signal })).rejects.toMatchObject({ kind: 'stopped-while-starting' });
    await expect.poll(() => reached(layout), { timeout: 20_000, interval: 2 }).toBe(true);
    abort.abort();
    await broken;
    expect(processesOf(layout.cluster)).toEqual([]);
    expect(makersOf(join(layout.folder, HALF_MADE))).toEqual([]);
    expect(existsSync(layout.lock)).toBe(false);
    expect(await ask((await start()).url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
}

test('a running server is located with the URL that its starter got, and a stopped one is not', async () => {
  const { start, dataDir } = await scenario();
  expect(await locateEmbeddedPostgres(dataDir)).toBeUndefined();
  const server = await start();
  expect(await locateEmbeddedPostgres(dataDir)).toBe(server.url);
  await server.stop();
  expect(await locateEmbeddedPostgres(dataDir)).toBeUndefined();
});
