import { accessSync, constants } from 'node:fs';
import { posternUrl } from './database.ts';
import { EmbeddedPostgresFault, errorCode } from './fault.ts';
import { layoutOf } from './layout.ts';
import type { Layout } from './layout.ts';
import { readPasswords } from './passwords.ts';
import { readPostmasterPid } from './postmaster-pid.ts';
import { servesCluster } from './processes.ts';

/** The URL of the server that runs on the data directory and takes connections; undefined when there is none. */
export async function locateEmbeddedPostgres(dataDir: string): Promise<string | undefined> {
  const layout = layoutOf(dataDir);
  refuseStranger(layout);
  const running = readPostmasterPid(layout.postmasterPid);
  if (!running?.port || running.status !== 'ready' || !servesCluster(running.pid, layout.cluster)) return undefined;
  return posternUrl({ port: running.port, socketDir: running.socketDir }, readPasswords(layout));
}

/** A folder that cannot be entered looks like one that is not there; the difference is worth a sentence. */
function refuseStranger(layout: Layout): void {
  try {
    accessSync(layout.postmasterPid, constants.R_OK);
  } catch (cause) {
    if (errorCode(cause) !== 'EACCES') return;
    throw new EmbeddedPostgresFault(
      'not-writable',
      `The database in ${layout.folder} belongs to another user. Run this command as the user that runs Postern.`,
      { cause },
    );
  }
}
