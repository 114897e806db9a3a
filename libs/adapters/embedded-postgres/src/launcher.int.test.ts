import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { serverAccount } from './account.ts';
import { findBinaries, mendLinks } from './binaries.ts';
import { findLauncher, finished } from './launcher.ts';
import { prepareFolder } from './prepare-folder.ts';
import { ask, closedFolder, openFolder, scenario } from './testing/scenario.ts';

const root = process.getuid?.() === 0;

describe.runIf(root)('started by root', () => {
  test('the server runs as another user, who owns the cluster and nothing above it', async () => {
    const { start, dataDir, layout } = await scenario({ cluster: 'none' });
    const { pid } = await start();
    expect(statSync(`/proc/${pid}`).uid).not.toBe(0);
    expect(statSync(layout.cluster).uid).toBe(statSync(`/proc/${pid}`).uid);
    expect(statSync(dataDir).uid).toBe(0);
  });

  test('a data directory below a folder for root alone works, and that folder stays closed', async () => {
    const below = closedFolder();
    const { start } = await scenario({ below });
    const { url, pid } = await start();
    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(statSync(below).mode & 0o777).toBe(0o700);
    expect(statSync(`/proc/${pid}`).uid).not.toBe(0);
  });

  test('a server that needs the capability for reaching its files has it and no other', async () => {
    const { start } = await scenario({ below: closedFolder() });
    const { pid } = await start();
    const capabilities = /^CapEff:\s+([0-9a-f]+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    // CAP_DAC_READ_SEARCH is number 2 (capability.h).
    expect(Number.parseInt(capabilities ?? '', 16)).toBe(1 << 2);
  });

  test('binaries below a folder for root alone are run', async () => {
    const { layout } = await scenario({ cluster: 'none' });
    const account = serverAccount(layout);
    prepareFolder(layout, account);
    const binaries = copyOfBinaries(closedFolder());
    const launcher = await findLauncher({ account, binaries, layout });
    const draft = join(layout.folder, 'made-by-test');
    const made = await finished(launcher.launch(binaries.initdb, ['-D', draft, '--no-sync', '--auth=trust'], 'pipe'));
    expect(made).toMatchObject({ ok: true, output: expect.stringContaining('Success') });
  });

  test('a cluster that root copied back from a backup is given to the server again', async () => {
    const { start, layout } = await scenario();
    const first = await start();
    await ask(first.url, 'create table kept (id int)');
    await first.stop();
    spawnSync('chown', ['-R', '0:0', layout.cluster]);
    spawnSync('chmod', ['755', layout.cluster]);
    expect(await ask((await start()).url, 'select count(*)::int as n from kept')).toEqual([{ n: 0 }]);
  });
});

test('links between the libraries that were lost in a copy are made again', () => {
  const { postgres } = copyOfBinaries(openFolder());
  const native = dirname(dirname(postgres));
  const link = join(native, 'lib', 'libicuuc.so.60');
  rmSync(link);
  expect(spawnSync(postgres, ['--version']).status).not.toBe(0);
  mendLinks(dirname(native));
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(spawnSync(postgres, ['--version']).status).toBe(0);
});

test('binaries that do not run on this system are told apart from binaries that cannot be reached', async () => {
  const { layout } = await scenario({ cluster: 'none' });
  mkdirSync(layout.folder, { recursive: true });
  const binaries = { ...findBinaries(), postgres: '/bin/false' };
  const finding = findLauncher({ account: serverAccount(layout), binaries, layout });
  await expect(finding).rejects.toMatchObject({ kind: 'no-binaries' });
});

test('an account that reaches neither data nor binaries is told what to do', async ({ skip }) => {
  skip(!root, 'an ordinary user cannot become another one');
  const { layout } = await scenario({ cluster: 'none' });
  const binaries = findBinaries();
  // A folder that is not there cannot be entered by anyone, whatever the capabilities.
  expect(existsSync(layout.folder)).toBe(false);
  const finding = findLauncher({ account: serverAccount(layout), binaries, layout });
  await expect(finding).rejects.toThrow(/cannot enter .*POSTERN_DATA_DIR.*DATABASE_URL/);
});

function copyOfBinaries(folder: string) {
  const native = dirname(dirname(findBinaries().postgres));
  // Hard links where both lie on one file system, else a copy.
  if (spawnSync('cp', ['-al', native, folder]).status !== 0) spawnSync('cp', ['-a', native, folder]);
  return { postgres: join(folder, 'native/bin/postgres'), initdb: join(folder, 'native/bin/initdb') };
}
