import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type { EmbeddedPostgres } from '@postern/embedded-postgres';
import { baseBackup, clusterIn, copyFiles, withSuperuser } from './base-backup.ts';
import { applyMigrations, readMigrations } from './migrations.ts';
import { makeFolder, removeFolder, startIn } from './test-server.ts';

/** A durable server of one test's own, which the test may kill and start again. */
export interface DurableTestServer {
  /** A database with all migrations applied; the URL stays the same over restarts. */
  readonly url: string;
  /** SIGKILL to the postmaster, as the kernel does when memory is short; resolves when it and its backends are gone. */
  kill(): Promise<void>;
  /** Starts it again after kill() or stop(), with recovery; resolves when it takes connections. */
  start(): Promise<void>;
  /** Fast shutdown; start() brings it back. */
  stop(): Promise<void>;
  /** Takes a base backup of a server that is `backed up` while it runs (PostgreSQL, Continuous Archiving); what is answered puts it in the place of all that is there. */
  backup(): Promise<() => Promise<void>>;
  /** What only a superuser may do. */
  asSuperuser(sql: string): Promise<void>;
  /** Ends it and removes its folder. */
  close(): Promise<void>;
}

/** Starts a server with fsync on, as in production. */
export async function durableTestServer(durability: 'full' | 'backed up' = 'full'): Promise<DurableTestServer> {
  const folder = makeFolder();
  let server: EmbeddedPostgres | undefined = await startIn(folder, durability);
  const { url } = server;
  const copies: string[] = [];
  try {
    await applyMigrations(url, readMigrations());
  } catch (error) {
    await server.stop();
    removeFolder(folder);
    throw error;
  }
  const stop = async () => {
    await server?.stop();
    server = undefined;
  };
  return {
    url,
    kill: async () => {
      if (server) await killed(server);
      server = undefined;
    },
    start: async () => {
      server ??= await startIn(folder, durability);
      if (server.url !== url) throw new Error('The server came back under another URL: its port was taken.');
    },
    stop,
    backup: async () => {
      const copy = makeFolder();
      copies.push(copy);
      await withSuperuser(url, folder, (client) => baseBackup(client, clusterIn(folder), clusterIn(copy)));
      return async () => {
        await stop();
        rmSync(clusterIn(folder), { recursive: true });
        copyFiles(clusterIn(copy), clusterIn(folder));
        server = await startIn(folder, durability);
      };
    },
    asSuperuser: (sql) => withSuperuser(url, folder, async (client) => void (await client.query(sql))),
    close: async () => {
      await stop();
      for (const each of [folder, ...copies]) removeFolder(each);
    },
  };
}

/** Kills the postmaster, and waits for its backends too: one at work goes on until it looks for the postmaster again. */
async function killed(server: EmbeddedPostgres): Promise<void> {
  const backends = childrenOf(server.pid);
  await new Promise<void>((resolve) => {
    server.onExit(() => resolve());
    process.kill(server.pid, 'SIGKILL');
  });
  const deadline = performance.now() + 30_000;
  while (backends.some((pid) => existsSync(`/proc/${pid}`)) && performance.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 5));
}

/** The processes that a process has started (proc(5): the fourth field of stat). */
function childrenOf(pid: number): readonly string[] {
  return readdirSync('/proc').filter((entry) => /^\d+$/.test(entry) && parentOf(entry) === pid);
}

function parentOf(pid: string): number | undefined {
  try {
    return Number(/\) \S (\d+) /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);
  } catch {
    return undefined;
  }
}
