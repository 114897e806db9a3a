import { readFileSync, statSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EmbeddedPostgres } from './start-embedded-postgres.ts';
import { ask, scenario } from './testing/scenario.ts';

const atEnd: (() => unknown)[] = [];
const place = await scenario({ atEnd: (work) => void atEnd.unshift(work) });
let server: EmbeddedPostgres;

beforeAll(async () => {
  process.env['POSTERN_SECRET'] = 'of-ours';
  server = await place.start();
  delete process.env['POSTERN_SECRET'];
});
afterAll(async () => {
  for (const work of atEnd) await work();
});

test('the URL leads over the Unix socket in the data directory', async () => {
  expect(new URL(server.url).searchParams.get('host')).toBe(place.layout.folder);
  expect(await ask(server.url, 'select inet_server_addr() as address')).toEqual([{ address: null }]);
});

test('a commit is durable, and no other machine reaches the server', async () => {
  const settings = await ask<{ name: string; setting: string }>(
    server.url,
    "select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses', 'password_encryption', 'data_checksums') order by name",
  );
  expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
    data_checksums: 'on',
    fsync: 'on',
    full_page_writes: 'on',
    listen_addresses: '127.0.0.1',
    password_encryption: 'scram-sha-256',
    synchronous_commit: 'on',
  });
});

test('the role of the URL is no superuser and owns its database', async () => {
  expect(await ask(server.url, "select current_setting('is_superuser') as superuser")).toEqual([{ superuser: 'off' }]);
  await ask(server.url, 'create schema anything');
});

test('a connection without the password is refused, over TCP and over the socket', async () => {
  for (const each of [new URL(server.url), new URL(server.url.replace(/\?.*/, ''))]) {
    each.password = 'wrong';
    await expect(ask(each.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  }
});

test('the passwords are for the owner alone', async () => {
  expect(statSync(place.layout.passwords).mode & 0o777).toBe(0o600);
  expect(statSync(place.layout.folder).mode & 0o777).toBe(0o700);
});

test('the server lies in a process group of its own, out of reach of the Ctrl-C of our terminal', async () => {
  const group = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[2];
  expect(group).toBe(String(server.pid));
});

test('the server sees nothing of our environment', async () => {
  expect(readFileSync(`/proc/${server.pid}/environ`, 'utf8')).not.toContain('POSTERN_SECRET');
});
