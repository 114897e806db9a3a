import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startEmbeddedPostgres } from './start-embedded-postgres.ts';
import { ask, openFolder, scenario } from './testing/scenario.ts';

const quiet = { info: () => undefined, warn: () => undefined };

test('a data directory of another major version is refused and left as it is', async () => {
  const { start, layout } = await scenario();
  writeFileSync(layout.versionFile, '15\n');
  await expect(start()).rejects.toThrow(/made by PostgreSQL 15, and this Postern brings PostgreSQL 18/);
  expect(readFileSync(layout.versionFile, 'utf8')).toBe('15\n');
  expect(existsSync(layout.lock)).toBe(false);
});

test('a folder with files that are no database is refused and left as it is', async () => {
  const { start, layout } = await scenario({ cluster: 'none' });
  mkdirSync(layout.cluster, { recursive: true });
  writeFileSync(join(layout.cluster, 'thesis.txt'), 'mine');
  await expect(start()).rejects.toThrow(/holds files but no whole database/);
  expect(readFileSync(join(layout.cluster, 'thesis.txt'), 'utf8')).toBe('mine');
});

test('a data directory that is a file is refused with the variable to change', async () => {
  const file = join(openFolder(), 'file');
  writeFileSync(file, '');
  await expect(startEmbeddedPostgres({ dataDir: file, log: quiet })).rejects.toThrow(
    /a file stands in its way.*POSTERN_DATA_DIR/,
  );
});

test('a data directory that cannot be made is refused with the variable to change', async () => {
  const refusal = startEmbeddedPostgres({ dataDir: '/proc/postern', log: quiet });
  await expect(refusal).rejects.toMatchObject({ kind: 'not-writable' });
  await expect(refusal).rejects.toThrow(/POSTERN_DATA_DIR/);
});

test('a damaged cluster is refused with what the server said', async () => {
  const { start, layout } = await scenario();
  writeFileSync(join(layout.cluster, 'global', 'pg_control'), Buffer.alloc(8192));
  await expect(start()).rejects.toMatchObject({ kind: 'refused-to-start' });
  await expect(start()).rejects.toThrow(/did not start: .*back from a backup.*server\.log/);
});

test('a lost password file is refused, and the database still opens with it once it is back', async () => {
  const { start, layout } = await scenario();
  const passwords = readFileSync(layout.passwords);
  writeFileSync(layout.passwords, '');
  await expect(start()).rejects.toThrow(/passwords in .* cannot be read/);
  writeFileSync(layout.passwords, passwords);
  expect(await ask((await start()).url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

for (const [sizeMb, when] of [
  [10, 'the cluster is made'],
  [39, 'the server starts'],
] as const) {
  test(`a disk that is full when ${when} is told in one sentence`, async ({ skip }) => {
    const disk = smallDisk(sizeMb);
    skip(disk === undefined, 'a small file system can be mounted only as root');
    const refusal = startEmbeddedPostgres({ dataDir: join(disk ?? '', 'data'), log: quiet });
    await expect(refusal).rejects.toMatchObject({ kind: 'disk-full' });
  });
}

test('a file system that is read-only is told in one sentence', async ({ skip }) => {
  const disk = smallDisk(1, ',ro');
  skip(disk === undefined, 'a file system can be mounted only as root');
  const refusal = startEmbeddedPostgres({ dataDir: join(disk ?? '', 'data'), log: quiet });
  await expect(refusal).rejects.toMatchObject({ kind: 'not-writable' });
});

function smallDisk(sizeMb: number, more = ''): string | undefined {
  const folder = openFolder();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMb}m,mode=755${more}`, 'tmpfs', folder]);
  if (mounted.status !== 0) return undefined;
  onTestFinished(() => void spawnSync('umount', ['--lazy', folder]));
  return folder;
}
