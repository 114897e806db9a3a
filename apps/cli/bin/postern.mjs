#!/usr/bin/env node
/**
 * The `postern` command. Postern runs on Node 24, which the installation brings along: an older Node that is asked first
 * hands over to it.
 */
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const own = realpathSync(fileURLToPath(import.meta.url));
const app = join(dirname(own), '..');
const root = join(app, '../..');
const main = join(app, 'dist/main.js');
const node24 = join(root, 'node_modules/.bin/node');

if (!existsSync(main)) stop('Postern is not built yet. In its folder run: npm start (or npm ci && npm run build)');
else if (Number(process.versions.node.split('.')[0]) >= 24) await import(main);
else if (process.env._POSTERN_HANDED_OVER === undefined && existsSync(node24)) handOver();
else stop(`Postern needs Node 24 or newer, and this is ${process.versions.node}. In its folder run: npm ci`);

/** The other Node ends when this one does: signals are passed on, and the channel between them breaks. */
function handOver() {
  const child = spawn(node24, [own, ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, _POSTERN_HANDED_OVER: '1' },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  process.on('disconnect', () => child.kill('SIGTERM'));
  child.on('message', (message) => process.send?.(message));
  child.on('error', (error) => stop(`Node 24 could not be run: ${error.message}`));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function stop(message) {
  console.error(message);
  process.exitCode = 1;
}
