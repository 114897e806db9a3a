/**
 * `npm start`: installs, builds and runs Postern on a machine that has only Node and npm.
 *
 * Runs on the machine's own Node (20 or newer) and imports nothing that is not in the clone; what it starts runs on Node 24.
 */
import { spawn } from 'node:child_process';
import { build } from './lib/build.mjs';
import { install } from './lib/install.mjs';
import { childEnvironment, node, root } from './lib/paths.mjs';
import { endWithChildren, isEnding } from './lib/run.mjs';
import { whenParentIsGone } from './lib/parent.mjs';

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(
    `Postern needs Node 20 or newer to start, this is ${process.version}. Install a newer Node and run npm start again.`,
  );
  process.exit(1);
}

endWithChildren();
// Whoever reads what we say may go away (a closed terminal, a pipe into head): we end what runs all the same.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
whenParentIsGone(() => process.emit('SIGTERM'));
console.log('Postern');
try {
  await install();
  await build();
} catch (error) {
  if (!isEnding()) {
    console.error(`\nPostern could not be made ready: ${explain(error)}`);
    process.exit(1);
  }
  await new Promise(() => undefined); // The signal handler ends the process.
}
up();

/** Runs `postern up` in the foreground and ends as it ends. */
function up() {
  process.removeAllListeners('SIGINT');
  process.removeAllListeners('SIGTERM');
  process.removeAllListeners('SIGHUP');
  const child = spawn(node(), ['apps/cli/dist/main.js', 'up'], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: childEnvironment(),
    // A group of its own: the terminal's Ctrl-C reaches us alone, and we pass on one signal.
    detached: true,
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}

function explain(error) {
  if (/ENOSPC|No space left/i.test(`${error.message}\n${error.output}`))
    return `${error.message}\nThe disk is full: Postern needs about 2 GB free. Make room and run npm start again.`;
  return `${error.message}\nWhat went wrong stands above; mend it and run npm start again (it goes on where it stopped).`;
}
