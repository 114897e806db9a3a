import { existsSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { exclusively } from './exclusive.mjs';
import { step } from './progress.mjs';
import { root } from './paths.mjs';
import { run } from './run.mjs';
import { digest, isDone, markBegun, markDone } from './stamp.mjs';

const NEEDED_OCTETS = 2_000_000_000;

/** Installs the locked packages, unless they are there already. */
export async function install() {
  const lock = digest(['package-lock.json']);
  if (isDone('install', lock) && existsSync(join(root, 'node_modules/.bin'))) return;
  const { bavail, bsize } = statfsSync(root);
  if (bavail * bsize < NEEDED_OCTETS) {
    throw new Error(
      `only ${Math.round((bavail * bsize) / 1e6)} MB are free here, and the packages need ${NEEDED_OCTETS / 1e6} MB: make room on the disk`,
    );
  }
  await exclusively(async () => {
    markBegun('install');
    // npm stays on the Node that it came with.
    await step('installing packages (npm ci; a minute or two the first time)', () =>
      run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { env: process.env }),
    );
    markDone('install', lock);
  });
}
