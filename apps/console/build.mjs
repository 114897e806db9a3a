/**
 * Builds the console: checks its types, builds it as a standalone server, and puts beside that what it serves as files.
 *
 * The rooms that it imports must be built before (`tsc -b` at the root). Nothing is fetched from outside.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };

rmSync(join(here, '.next/standalone'), { recursive: true, force: true });
run(require.resolve('next/dist/bin/next'), 'typegen');
run(join(here, '../../node_modules/typescript7/bin/tsc'), '--project', 'tsconfig.json');
run(require.resolve('next/dist/bin/next'), 'build');

const standalone = join(here, '.next/standalone/apps/console');
cpSync(join(here, '.next/static'), join(standalone, '.next/static'), { recursive: true });
if (existsSync(join(here, 'public'))) cpSync(join(here, 'public'), join(standalone, 'public'), { recursive: true });

function run(script, ...args) {
  const { status, error } = spawnSync(process.execPath, [script, ...args], { cwd: here, env, stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
