import { spawn } from 'node:child_process';
import { endings } from '../endings.mjs';
import { REVERSE_PATH, FORWARD_PATH } from './addresses.mjs';
import { tool } from './tools.mjs';

/**
 * Runs smtp-source(1) to its end: so many messages over so many sessions, every message to a forward-path of its own.
 *
 * It stops at the first reply that it did not expect; then this rejects with its words. When it resolves, all of the
 * messages have been acknowledged with 250.
 */
export function startLoad({ port, messages, sessions, sizeOctets, reuse }) {
  const amounts = { '-s': sessions, '-m': messages, '-l': sizeOctets };
  const names = { '-f': REVERSE_PATH, '-t': FORWARD_PATH, '-M': 'load.bench.example' };
  const parameters = [
    ...Object.entries({ ...amounts, ...names }).flatMap(([flag, value]) => [flag, String(value)]),
    '-N',
    ...(reuse ? ['-d'] : []),
    `127.0.0.1:${port}`,
  ];
  const child = spawn(tool('smtp-source'), parameters, { stdio: ['ignore', 'pipe', 'pipe'] });
  let words = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (octets) => (words = (words + octets).slice(-4_096)));
  const forget = endings.add(() => void child.kill());
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      const endedNs = process.hrtime.bigint();
      void forget();
      if (code === 0) resolve({ endedNs });
      else reject(new Error(`smtp-source ended with ${signal ?? code}: ${words.trim()}`));
    });
  });
  return { pid: child.pid, ended };
}
