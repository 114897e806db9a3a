import { realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where everything of the embedded PostgreSQL lies below the data directory. */
export interface Layout {
  readonly dataDir: string;
  /** Ours: the lock, the log, the port, the socket. */
  readonly folder: string;
  /** PostgreSQL's own data directory. */
  readonly cluster: string;
  /** Says the major version, and that `initdb` came to its end. */
  readonly versionFile: string;
  readonly postmasterPid: string;
  readonly passwords: string;
  readonly port: string;
  readonly serverLog: string;
  readonly lock: string;
}

/** Names of half-made clusters begin like this. */
export const HALF_MADE = 'cluster.new-';

/**
 * The layout below a data directory.
 *
 * The paths are absolute and free of links: PostgreSQL changes its working directory, and a running server is recognised
 * by the path of its cluster.
 */
export function layoutOf(dataDir: string): Layout {
  const absolute = withoutLinks(resolve(dataDir));
  const folder = join(absolute, 'postgres');
  const cluster = join(folder, 'cluster');
  return {
    dataDir: absolute,
    folder,
    cluster,
    versionFile: join(cluster, 'PG_VERSION'),
    postmasterPid: join(cluster, 'postmaster.pid'),
    // Inside the cluster, so that both come into being by one rename.
    passwords: join(cluster, 'postern.passwords.json'),
    port: join(folder, 'port'),
    serverLog: join(folder, 'server.log'),
    lock: join(folder, 'lock'),
  };
}

function withoutLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
