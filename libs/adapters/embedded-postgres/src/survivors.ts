import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedPostgresFault } from './fault.ts';
import { HALF_MADE } from './layout.ts';
import type { Layout } from './layout.ts';
import type { Log } from './log.ts';
import { readPostmasterPid } from './postmaster-pid.ts';
import { gone, isRunning, makersOf, processesOf, servesCluster, signal } from './processes.ts';

/**
 * Ends what an earlier start left behind; only for the holder of the claim.
 *
 * A postmaster outlives a starter that was killed: it is shut down and started anew, because only a child of ours tells
 * us when it ends. The other processes of a postmaster that was killed end by themselves within moments; the next server
 * waits for them, because they still write to the shared memory.
 */
export async function endSurvivors(layout: Layout, log: Log): Promise<void> {
  const left = readPostmasterPid(layout.postmasterPid);
  if (left && servesCluster(left.pid, layout.cluster)) {
    log.info({ pid: left.pid }, 'embedded PostgreSQL of an earlier start found; shutting it down');
    await end([left.pid], ['SIGINT', 20_000]);
  }
  await end(processesOf(layout.cluster), ['SIGQUIT', 5_000]);
  await end(makersOf(join(layout.folder, HALF_MADE)), ['SIGTERM', 5_000]);
  removeForeignPid(layout, log);
  for (const entry of readdirSync(layout.folder)) {
    // With every server gone, a socket and its lock file belong to nobody; the number in the lock may be anyone's by now.
    if (entry.startsWith(HALF_MADE) || entry.startsWith('.s.PGSQL.'))
      rmSync(join(layout.folder, entry), { recursive: true, force: true });
  }
}

async function end(pids: readonly number[], [name, withinMs]: readonly [NodeJS.Signals, number]): Promise<void> {
  if (pids.length === 0) return;
  for (const [each, wait] of [[name, withinMs] as const, ['SIGQUIT', 10_000] as const, ['SIGKILL', 10_000] as const]) {
    for (const pid of pids) signal(pid, each);
    if (await gone(pids, wait)) return;
  }
  throw new EmbeddedPostgresFault(
    'in-use',
    `A PostgreSQL server of an earlier start (pid ${pids.join(', ')}) does not end. End it by hand, then start again.`,
  );
}

/** PostgreSQL takes any live process with the recorded number for a server; after a power loss it may be anyone. */
function removeForeignPid(layout: Layout, log: Log): void {
  const left = readPostmasterPid(layout.postmasterPid);
  if (!left || !isRunning(left.pid) || servesCluster(left.pid, layout.cluster)) return;
  log.info({ pid: left.pid }, 'postmaster.pid names a process that is not PostgreSQL; removing it');
  rmSync(layout.postmasterPid, { force: true });
}
