import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
let ending = false;

/** Ends everything that runs, then this process, when it is told to stop. */
export function endWithChildren() {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ]) {
    process.on(signal, () => {
      if (ending) return;
      ending = true;
      if (running.size === 0) process.exit(code);
      for (const child of running) endGroup(child, 'SIGTERM');
      setTimeout(() => {
        for (const child of running) endGroup(child, 'SIGKILL');
        process.exit(code);
      }, 5_000).unref();
      Promise.all([...running].map((child) => new Promise((resolve) => child.once('exit', () => resolve(child))))).then(
        (ended) => {
          // Nobody of its group outlives the one that we started.
          for (const child of ended) endGroup(child, 'SIGKILL');
          process.exit(code);
        },
      );
    });
  }
}

/** Whether a signal has asked us to stop. */
export function isEnding() {
  return ending;
}

/**
 * Runs a command to its end, in a process group of its own. Its output is shown when `show` is set, else kept and
 * shown only when it fails. Rejects when the command fails.
 */
export function run(command, args, { env, show = false, onLine, cwd = root } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    });
    running.add(child);
    let kept = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        kept = (kept + text).slice(-64 * 1024);
        onLine?.(text);
      });
    }
    child.on('error', (error) => {
      running.delete(child);
      reject(new Error(error.code === 'ENOENT' ? missing(command) : `${command} could not be run: ${error.message}`));
    });
    child.on('exit', (code, signal) => {
      running.delete(child);
      if (code === 0) return resolve(kept);
      if (!ending && kept) process.stderr.write(`${kept.trimEnd()}\n`);
      const error = new Error(`${[command, ...args].join(' ')} ended with ${signal ?? `exit ${code}`}`);
      reject(Object.assign(error, { output: kept }));
    });
  });
}

function missing(command) {
  return `${command} was not found on PATH: install it${command === 'npm' ? ' (it comes with Node from nodejs.org; on Debian: apt-get install npm)' : ''}`;
}

function endGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended already.
  }
}
