import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, waitFor } from '@postern/lab';
import { endings } from '../endings.mjs';
import { canConnect } from './can-connect.mjs';
import { mainCf, masterCf } from './postfix-configuration.mjs';
import { tool } from './tools.mjs';

/** Where a message lies while Postfix has it. */
const QUEUES = ['maildrop', 'incoming', 'active', 'deferred', 'hold', 'corrupt'];

/**
 * Starts a Postfix of our own: its configuration and its queue are in `folder`, it listens on a free loopback port and
 * relays everything to the sink. The system's own instance is not touched.
 */
export async function startPostfix({ folder, sink, sessions }) {
  if (process.getuid() !== 0)
    throw new Error('Postfix has to be started as root: run this as root, or with --only postern');
  const [directory, queue, data] = ['etc', 'queue', 'data'].map((name) => join(folder, name));
  for (const each of [directory, queue, data]) mkdirSync(each, { recursive: true });
  execFileSync('chown', ['postfix', data]);
  const port = await freePort();
  writeFileSync(join(directory, 'main.cf'), mainCf({ directory, queue, data, sink, sessions }));
  writeFileSync(join(directory, 'master.cf'), masterCf({ port }));
  // Makes the folders of the queue, with their owners.
  execFileSync(tool('postfix'), ['-c', directory, 'check'], { stdio: ['ignore', 'ignore', 'inherit'] });
  const master = join(setting('daemon_directory'), 'master');
  const child = spawn(master, ['-c', directory, '-s'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let words = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (octets) => (words = (words + octets).slice(-4_096)));
  const running = () => child.exitCode === null && child.signalCode === null;
  const stop = endings.add(async () => {
    if (!running()) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  await waitFor(
    () => {
      if (!running()) throw new Error(`Postfix ended: ${words}${lastOf(join(queue, 'log'))}`);
      return canConnect('127.0.0.1', port);
    },
    { what: `Postfix on port ${port}`, timeoutMs: 15_000 },
  );
  return {
    name: 'postfix',
    version: postfixVersion(),
    port,
    stop,
    rootPids: () => [child.pid],
    // Its processes serve so many requests and end; then their time is their parent's, so only the sum means something.
    component: () => 'postfix',
    /** Resolves when its queue is empty. */
    async settled() {
      const left = () => QUEUES.reduce((sum, name) => sum + filesBelow(join(queue, name)), 0);
      await waitFor(() => left() === 0, { what: "Postfix's queue to be empty", timeoutMs: 20_000, everyMs: 50 });
    },
  };
}

function lastOf(log) {
  return existsSync(log) ? readFileSync(log, 'utf8').slice(-1_000) : '';
}

/** The version of the Postfix that is installed. */
export function postfixVersion() {
  return setting('mail_version');
}

function setting(name) {
  return execFileSync(tool('postconf'), ['-d', '-h', name], { encoding: 'utf8' }).trim();
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile()).length;
}
