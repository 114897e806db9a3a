import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { isDiskFull } from './explain.ts';
import { EmbeddedPostgresFault, diskFull, errorCode, fileFault } from './fault.ts';
import { finished } from './launcher.ts';
import type { Launcher } from './launcher.ts';
import { HALF_MADE } from './layout.ts';
import type { Layout } from './layout.ts';
import { newPasswords } from './passwords.ts';
import { signal as send } from './processes.ts';
import type { Durability } from './settings.ts';

/** What making a cluster needs. */
export interface Making {
  readonly layout: Layout;
  readonly launcher: Launcher;
  readonly binaries: Binaries;
  readonly account: Account | undefined;
  readonly durability: Durability;
  readonly signal: AbortSignal | undefined;
}

/**
 * Makes the cluster when there is none; refuses one of another major version.
 *
 * `initdb` works beside the final place and the result is renamed, so a cluster either is whole or is not there.
 */
export async function initialise(making: Making): Promise<{ made: boolean }> {
  const { layout, launcher } = making;
  if (existsSync(layout.versionFile)) {
    checkVersion(layout, launcher.major);
    return { made: false };
  }
  const draft = join(layout.folder, `${HALF_MADE}${randomBytes(6).toString('hex')}`);
  const passwordFile = `${draft}.password`;
  try {
    const passwords = newPasswords();
    writeFor(making.account, passwordFile, `${passwords.postgres}\n`);
    await initdb(making, draft, passwordFile);
    writeFor(making.account, join(draft, basename(layout.passwords)), `${JSON.stringify(passwords)}\n`);
    sync(join(draft, basename(layout.passwords)));
    sync(draft);
    renameSync(draft, layout.cluster);
    sync(layout.folder);
    return { made: true };
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw errorCode(error) === 'ENOTEMPTY' || errorCode(error) === 'EEXIST'
      ? notACluster(layout)
      : fileFault(layout.dataDir, error);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function checkVersion(layout: Layout, major: number): void {
  const found = readFileSync(layout.versionFile, 'utf8').trim();
  if (found === String(major)) return;
  throw new EmbeddedPostgresFault(
    'other-version',
    `The database in ${layout.cluster} was made by PostgreSQL ${found}, and this Postern brings PostgreSQL ${major}. ` +
      `Use the Postern that made it to dump the database, or set POSTERN_DATA_DIR to a new folder.`,
  );
}

async function initdb(making: Making, draft: string, passwordFile: string): Promise<void> {
  const { launcher, binaries, layout, durability, signal } = making;
  const args = ['-D', draft, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--no-instructions'];
  // Sorted by code point whatever the system's C library: its next version cannot spoil an index.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  signal?.throwIfAborted();
  const child = launcher.launch(
    binaries.initdb,
    [...args, ...locale, ...(durability === 'none' ? ['--no-sync'] : [])],
    'pipe',
  );
  const abort = () => child.pid !== undefined && send(-child.pid, 'SIGTERM');
  signal?.addEventListener('abort', abort, { once: true });
  const { ok, output } = await finished(child);
  signal?.removeEventListener('abort', abort);
  if (ok) return;
  if (isDiskFull(undefined, output)) throw diskFull(layout.dataDir, new Error(output));
  const reason = /^initdb: error: .*$/m.exec(output)?.[0] ?? output.trim().split('\n').at(-1) ?? '';
  throw new EmbeddedPostgresFault(
    'refused-to-start',
    `The database in ${layout.dataDir} could not be made (${reason}).`,
    { cause: new Error(output) },
  );
}

function notACluster(layout: Layout): EmbeddedPostgresFault {
  return new EmbeddedPostgresFault(
    'refused-to-start',
    `The folder ${layout.cluster} holds files but no whole database. Move it away (or put it back from a backup), then start again.`,
  );
}

function writeFor(account: Account | undefined, path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600 });
  if (account) chownSync(path, account.uid, account.gid);
}

function sync(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
