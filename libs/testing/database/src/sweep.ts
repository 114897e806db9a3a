import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FOLDER_PREFIX, removeFolder, startIn } from './test-server.ts';

/** Ends the servers of test runs that were killed, and removes their folders. */
export async function sweepAbandoned(): Promise<void> {
  for (const entry of readdirSync(tmpdir())) {
    const folder = join(tmpdir(), entry);
    // Without a claim it is a folder that another run is making right now.
    if (!entry.startsWith(FOLDER_PREFIX) || !existsSync(join(folder, 'postgres', 'lock'))) continue;
    try {
      // Who starts takes over from the dead and is refused by the living.
      await (await startIn(folder, 'none')).stop();
      removeFolder(folder);
    } catch {
      continue;
    }
  }
}
