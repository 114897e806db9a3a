import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { claimFile, type Release } from '@postern/embedded-postgres';

/** The claim of one run on its data directory. */
export interface RunClaim {
  readonly release: Release;
  /** Whether the run before was killed: what it started may still be about to end. */
  readonly tookOver: boolean;
}

/** Claims the data directory for this run; throws, and names the process, when another run has it. */
export function claimRun(dataDir: string): RunClaim {
  const lock = join(dataDir, 'up.lock');
  const tookOver = existsSync(lock);
  const release = claimFile(
    lock,
    (pid) =>
      new Error(
        `Postern runs already on the data directory ${dataDir} (process ${pid}). Stop that one first, or give this one a POSTERN_DATA_DIR and POSTERN_LISTEN_… addresses of its own`,
      ),
  );
  return { release, tookOver };
}
