import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const LAUNCHER = fileURLToPath(new URL('../bin/postern.mjs', import.meta.url));

test('a clone that is not built says what to do', () => {
  const { launcher } = clone();
  const { status, stderr } = spawnSync(process.execPath, [launcher, 'ledger'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: expect.stringMatching(/^Postern is not built yet\. .*npm start/),
  });
});

test('the command runs through the link that npm makes, with its arguments and its exit code', () => {
  const { root, launcher } = clone();
  writeFileSync(
    join(root, 'apps/cli/dist/main.js'),
    'console.log(process.argv.slice(2).join()); process.exitCode = 2;',
  );
  const link = join(root, 'node_modules/.bin/postern');
  symlinkSync(launcher, link);
  const { status, stdout } = spawnSync(process.execPath, [link, 'queue', 'list'], { encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 2, stdout: 'queue,list\n' });
});

/** The folders of a clone, without what a build makes. */
function clone(): { readonly root: string; readonly launcher: string } {
  const root = mkdtempSync(join(tmpdir(), 'postern-launcher-'));
  for (const folder of ['apps/cli/bin', 'apps/cli/dist', 'node_modules/.bin'])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'apps/cli/package.json'), '{"type": "module"}');
  const launcher = join(root, 'apps/cli/bin/postern.mjs');
  copyFileSync(LAUNCHER, launcher);
  return { root, launcher };
}
