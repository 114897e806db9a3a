import { setTimeout as pause } from 'node:timers/promises';
import { serverAccount } from './account.ts';
import { findBinaries } from './binaries.ts';
import { claim } from './claim.ts';
import { socketFolder } from './connection-url.ts';
import { ensureDatabase, posternUrl } from './database.ts';
import { explain, isDiskFull } from './explain.ts';
import { EmbeddedPostgresFault, diskFull, fileFault } from './fault.ts';
import { initialise } from './initialise.ts';
import { findLauncher } from './launcher.ts';
import { layoutOf } from './layout.ts';
import type { Layout } from './layout.ts';
import type { Log } from './log.ts';
import { readPasswords } from './passwords.ts';
import { choosePort, forgetPort } from './port.ts';
import { startPostmaster } from './postmaster.ts';
import type { Postmaster, PostmasterEnd, Starting } from './postmaster.ts';
import { prepareFolder } from './prepare-folder.ts';
import type { Durability, Reach } from './settings.ts';
import { endSurvivors } from './survivors.ts';

/** What the caller of startEmbeddedPostgres says. */
export interface EmbeddedPostgresOptions {
  /** POSTERN_DATA_DIR; ours is its folder `postgres`. */
  readonly dataDir: string;
  readonly log: Log;
  /** `none` is for throw-away servers of tests; the default is `full`. */
  readonly durability?: Durability;
  /** Ends a start that is under way, whatever it does at the moment. */
  readonly signal?: AbortSignal;
}

/** A running PostgreSQL server of our own. */
export interface EmbeddedPostgres {
  /** Postern's database, for `pg` and Prisma alike. */
  readonly url: string;
  /** The postmaster. */
  readonly pid: number;
  /** Fast shutdown, and the claim on the data directory given back. Resolves when the server is gone. */
  stop(): Promise<void>;
  /** Called once when the server ends without stop(); startEmbeddedPostgres may then be called again. */
  onExit(handler: (end: PostmasterEnd) => void): void;
}

/**
 * Starts the PostgreSQL server of the data directory, made first when there is none, and resolves when it takes connections.
 *
 * Whatever an earlier start left (a server whose starter was killed, lock files, a half-made cluster) is cleared first; a
 * data directory that a living Postern uses is refused. Every refusal is an EmbeddedPostgresFault.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const before = layoutOf(options.dataDir);
  const account = serverAccount(before);
  prepareFolder(before, account);
  // Once more, now that the folder exists and its path can be freed of links.
  const layout = layoutOf(options.dataDir);
  const release = claimed(layout);
  try {
    const binaries = findBinaries();
    const { log, signal, durability = 'full' } = options;
    const launcher = await findLauncher({ account, binaries, layout });
    await endSurvivors(layout, log);
    const cluster = await initialise({ layout, launcher, binaries, account, durability, signal });
    if (cluster.made) log.info({ cluster: layout.cluster }, 'embedded PostgreSQL made');
    return await bringUp({ layout, launcher, binaries, durability, signal, log }, cluster, release);
  } catch (error) {
    release();
    throw options.signal?.aborted ? broken(layout) : fileFault(layout.dataDir, error);
  }
}

function claimed(layout: Layout): () => void {
  try {
    return claim(layout);
  } catch (error) {
    throw fileFault(layout.dataDir, error);
  }
}

async function bringUp(
  starting: Starting,
  cluster: { readonly made: boolean },
  release: () => void,
): Promise<EmbeddedPostgres> {
  const { layout, log } = starting;
  const passwords = readPasswords(layout);
  const { postmaster, reach } = await startWithRetries(starting);
  try {
    await ensureDatabase(layout, reach, passwords, cluster);
    stopIfAborted(starting);
  } catch (error) {
    await postmaster.stop();
    throw isDiskFull(error, postmaster.said()) ? diskFull(layout.dataDir, error) : error;
  }
  log.info({ pid: postmaster.pid, port: reach.port }, 'embedded PostgreSQL started');
  return { url: posternUrl(reach, passwords), ...handle(postmaster, release, log) };
}

function handle(postmaster: Postmaster, release: () => void, log: Log): Omit<EmbeddedPostgres, 'url'> {
  const handlers: ((end: PostmasterEnd) => void)[] = [];
  let stopping: Promise<void> | undefined;
  let lost: PostmasterEnd | undefined;
  const watch = async () => {
    const end = await postmaster.ended;
    release();
    if (stopping) return;
    lost = end;
    log.warn({ pid: postmaster.pid, ...end }, 'embedded PostgreSQL ended by itself');
    for (const handler of handlers) handler(end);
  };
  void watch();
  return {
    pid: postmaster.pid,
    stop: () => (stopping ??= postmaster.stop().then(release)),
    onExit: (handler) => {
      if (lost) handler(lost);
      else handlers.push(handler);
    },
  };
}

async function startWithRetries(starting: Starting): Promise<{ postmaster: Postmaster; reach: Reach }> {
  const { layout, log } = starting;
  const deadline = Date.now() + 30_000;
  for (let tries = 1; ; tries += 1) {
    stopIfAborted(starting);
    const reach = { port: await choosePort(layout), socketDir: socketFolder(layout.folder) };
    const start = await startPostmaster(starting, reach);
    if (start.kind === 'ready') return { postmaster: start.postmaster, reach };
    stopIfAborted(starting);
    const explanation = explain(layout, start.said);
    if (explanation.kind === 'fault') throw explanation.fault;
    log.info({ tries, reason: explanation.kind }, 'embedded PostgreSQL did not start; trying again');
    if (Date.now() > deadline)
      throw new EmbeddedPostgresFault(
        'refused-to-start',
        `The embedded PostgreSQL did not start within 30 seconds (${explanation.kind}). Its log is ${layout.serverLog}.`,
      );
    if (explanation.kind === 'port-taken') forgetPort(layout);
    else await endSurvivors(layout, log);
    await pause(50);
  }
}

function stopIfAborted({ signal, layout }: Starting): void {
  if (signal?.aborted) throw broken(layout);
}

function broken(layout: Layout): EmbeddedPostgresFault {
  return new EmbeddedPostgresFault(
    'stopped-while-starting',
    `The start of the database in ${layout.dataDir} was broken off.`,
  );
}
