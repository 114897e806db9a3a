import { posternUrl } from './database.ts';
import { layoutOf } from './layout.ts';
import { readPasswords } from './passwords.ts';
import { readPostmasterPid } from './postmaster-pid.ts';
import { servesCluster } from './processes.ts';

/** The URL of the server that runs on the data directory and takes connections; undefined when there is none. */
export async function locateEmbeddedPostgres(dataDir: string): Promise<string | undefined> {
  const layout = layoutOf(dataDir);
  const running = readPostmasterPid(layout.postmasterPid);
  if (!running?.port || running.status !== 'ready' || !servesCluster(running.pid, layout.cluster)) return undefined;
  return posternUrl({ port: running.port, socketDir: running.socketDir }, readPasswords(layout));
}
