import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { pidsBelow } from './cpu.mjs';

/**
 * Lets the processes below these go before whatever else runs on this machine, which a figure on a shared machine needs.
 *
 * Where the kernel groups processes by their session (sched(7), autogroup), nice(2) counts within a session only, and
 * the group has a nice value of its own.
 */
export function givePrecedence(rootPids, nice) {
  for (const pid of pidsBelow(rootPids)) {
    attempt(() => setPriority(pid, nice));
    attempt(() => writeFileSync(`/proc/${pid}/autogroup`, String(nice)));
  }
}

/** A process may have ended since, and a kernel need not have autogroups. */
function attempt(act) {
  try {
    act();
  } catch (error) {
    if (error.code === 'EACCES' || error.code === 'EPERM') throw new Error('Precedence needs root', { cause: error });
  }
}
