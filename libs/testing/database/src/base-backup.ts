import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';

/** Where the server of a folder has its files, and the passwords of its roles. */
export function clusterIn(folder: string): string {
  return join(folder, 'postgres', 'cluster');
}

/**
 * A base backup by the low-level API, which is what pg_basebackup does over the network: the files are copied while the
 * server runs and writes, then its log, and `backup_label` says from where on it is to be replayed.
 */
export async function baseBackup(client: pg.Client, from: string, to: string): Promise<void> {
  await client.query(`select pg_backup_start('a test', fast => true)`);
  mkdirSync(dirname(to), { recursive: true });
  copyFiles(from, to);
  const { rows } = await client.query<{ labelfile: string }>(
    'select labelfile from pg_backup_stop(wait_for_archive => false)',
  );
  rmSync(join(to, 'pg_wal'), { recursive: true });
  copyFiles(join(from, 'pg_wal'), join(to, 'pg_wal'));
  for (const name of ['postmaster.pid', 'postmaster.opts']) rmSync(join(to, name), { force: true });
  writeFileSync(join(to, 'backup_label'), rows[0]?.labelfile ?? '');
  execFileSync('chown', ['--reference', join(to, 'PG_VERSION'), join(to, 'backup_label')]);
}

/** With their owners, for PostgreSQL runs as another user where the tests run as root. Files that go meanwhile are the server's own matter. */
export function copyFiles(from: string, to: string): void {
  try {
    execFileSync('cp', ['-a', from, to], { stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (cause) {
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : '';
    if (!/^(?:cp: .*No such file or directory\n)+$/.test(said)) throw cause;
  }
}

/** Does something as the superuser of the cluster. */
export async function withSuperuser(
  url: string,
  folder: string,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const passwords: unknown = JSON.parse(readFileSync(join(clusterIn(folder), 'postern.passwords.json'), 'utf8'));
  if (typeof passwords !== 'object' || passwords === null || !('postgres' in passwords))
    throw new Error('the passwords of the cluster cannot be read');
  const to = new URL(url);
  to.username = 'postgres';
  to.password = String(passwords.postgres);
  const client = new pg.Client({ connectionString: to.href });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
