import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@postern/embedded-postgres';
import type { Durability, EmbeddedPostgres, Log } from '@postern/embedded-postgres';

/** A PostgreSQL server in a folder of its own, which goes with it. */
export interface TestServer {
  readonly url: string;
  /** Its postmaster. */
  readonly pid: number;
  close(): Promise<void>;
}

/** Tests hear of a server only when something is wrong with it. */
export const quiet: Log = {
  info: () => undefined,
  warn: (facts, event) => console.warn(event, facts),
};

/** Starts a throw-away server without durability. */
export async function startTestServer(): Promise<TestServer> {
  const folder = makeFolder();
  const server = await startIn(folder, 'none').catch((error: unknown) => {
    removeFolder(folder);
    throw error;
  });
  return {
    url: server.url,
    pid: server.pid,
    close: async () => {
      await server.stop();
      removeFolder(folder);
    },
  };
}

/** How the names of the folders begin. */
export const FOLDER_PREFIX = 'postern-test-';

/** A new folder below the system's folder for temporary files. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), FOLDER_PREFIX));
  // PostgreSQL runs as another user when the tests run as root.
  chmodSync(folder, 0o711);
  return folder;
}

/** Removes a folder of makeFolder with everything in it. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** Starts the server of a folder. */
export function startIn(folder: string, durability: Durability): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ dataDir: folder, log: quiet, durability });
}
