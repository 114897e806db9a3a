import { accessSync, constants, statfsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { prepareAlarmBackend, alarmBackend } from '@postern/bullmq-queue';
import { type Configuration, readConfiguration } from '@postern/configuration';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@postern/embedded-postgres';
import { migrate } from '@postern/prisma-store';
import { withAdministration } from '../database/open-administration.ts';
import { processIo } from '../io.ts';
import { announce } from './announcement.ts';
import { askedToStop } from './asked-to-stop.ts';
import { claimRun, type RunClaim } from './claim-run.ts';
import { firstStart } from './first-start.ts';
import { occupiedAddresses } from './free-ports.ts';
import { makeDirectory } from './make-directory.ts';
import { isBuilt, Supervisor } from './supervisor.ts';

/** EX_CONFIG of sysexits.h: the environment is wrong. */
const EXIT_CONFIGURATION = 78;
const GRACE_MS = 25_000;
/** What was being started when we were asked to stop is broken off, and waited for no longer than this. */
const BREAK_OFF_MS = 5_000;
/** How long the services of a run that was killed may take to notice. */
const LEFT_OVER_MS = 15_000;
const NEEDED_OCTETS = 200_000_000;

/** Something that the person who starts Postern can mend; the message says how. */
class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

/**
 * `postern up`: starts everything that this machine is to run, stays in the foreground, and ends all of it at SIGINT or
 * SIGTERM, whatever the moment. Answers the exit code.
 */
export async function up(options: { readonly root: string; readonly env: NodeJS.ProcessEnv }): Promise<number> {
  const reading = readConfiguration(options.env);
  if ('faults' in reading) {
    console.error('Postern cannot start, the environment is wrong:');
    for (const fault of reading.faults) console.error(`  ${fault}`);
    return EXIT_CONFIGURATION;
  }
  const run = new Run(options.root, reading.ok);
  const asked = askedToStop();
  try {
    await Promise.race([run.start(), asked.promise]);
    await asked.promise;
  } catch (error) {
    if (!asked.yes())
      console.error(`\nPostern cannot start: ${error instanceof Error ? error.message : String(error)}`);
    await run.stop();
    return asked.yes() ? 0 : 1;
  }
  await run.stop();
  return 0;
}

/** One run: what has been started, so that it can be ended, however far it came. */
class Run {
  readonly #root: string;
  readonly #configuration: Configuration;
  #database: Promise<EmbeddedPostgres> | undefined;
  #supervisor: Supervisor | undefined;
  #starting: Promise<void> | undefined;
  #claim: RunClaim | undefined;
  readonly #stop = new AbortController();

  constructor(root: string, configuration: Configuration) {
    this.#root = root;
    this.#configuration = configuration;
  }

  start(): Promise<void> {
    this.#starting = this.#start();
    return this.#starting;
  }

  async stop(): Promise<void> {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort();
    await this.#supervisor?.stop(GRACE_MS);
    // What was under way comes to its end first, so that nothing is started behind our back.
    await Promise.race([this.#starting?.catch(() => undefined), pause(BREAK_OFF_MS)]);
    await this.#supervisor?.stop(GRACE_MS);
    const database = await this.#database?.catch(() => undefined);
    await database?.stop();
    this.#claim?.release();
    console.log('Postern has ended.');
  }

  async #start(): Promise<void> {
    const configuration = this.#configuration;
    if (!isBuilt(this.#root))
      throw new CannotStart('the services are not built. Run npm run build, or npm start, which does all');
    this.#checkDataDir();
    this.#claim = claimRun(configuration.dataDir);
    const occupied = await this.#occupied();
    if (occupied.length > 0) throw new CannotStart(occupied.join('\n  '));
    const databaseUrl = await this.#step('database', () => this.#startDatabase());
    await this.#step('schema', () => migrate({ databaseUrl, log: quiet, signal: this.#stop.signal }));
    await this.#step('queue', () =>
      prepareAlarmBackend(alarmBackend({ redisUrl: configuration.redisUrl, databaseUrl })),
    );
    const supervisor = new Supervisor({ root: this.#root, configuration, databaseUrl, show });
    this.#supervisor = supervisor;
    await this.#step(`services: ${configuration.processes.join(', ')}`, () => supervisor.start());
    if (this.#stop.signal.aborted) return;
    const first = await withAdministration(processIo, (context) => firstStart(context, configuration));
    console.log(announce({ configuration, ...first }));
    console.log(
      `\n  Logs are in ${configuration.dataDir}/log. Ctrl-C ends Postern; mail that is queued stays and goes on at the next start.`,
    );
  }

  /** The services of a run that was killed end by themselves; their addresses are free in a moment. */
  async #occupied(): Promise<readonly string[]> {
    const until = performance.now() + (this.#claim?.tookOver ? LEFT_OVER_MS : 0);
    for (;;) {
      const occupied = await occupiedAddresses(this.#configuration);
      if (occupied.length === 0 || this.#stop.signal.aborted || performance.now() > until) return occupied;
      await pause(100);
    }
  }

  #checkDataDir(): void {
    const { dataDir } = this.#configuration;
    try {
      makeDirectory(dataDir, 0o755);
      accessSync(dataDir, constants.W_OK | constants.X_OK);
    } catch (error) {
      throw new CannotStart(
        `the data directory ${dataDir} cannot be written (${error instanceof Error ? error.message : ''}). Set POSTERN_DATA_DIR to one that can`,
      );
    }
    const { bavail, bsize } = statfsSync(dataDir);
    if (bavail * bsize < NEEDED_OCTETS) {
      throw new CannotStart(
        `only ${Math.round((bavail * bsize) / 1e6)} MB are free for the data directory ${dataDir}: make room on the disk, or set POSTERN_DATA_DIR to another one`,
      );
    }
  }

  async #startDatabase(): Promise<string> {
    const { databaseUrl, dataDir } = this.#configuration;
    if (databaseUrl !== undefined) return databaseUrl;
    this.#database = startEmbeddedPostgres({
      dataDir,
      signal: this.#stop.signal,
      log: { info: () => undefined, warn: (_facts, event) => show(`database: ${event}`) },
    });
    const database = await this.#database;
    database.onExit(() => void this.#databaseLost());
    return database.url;
  }

  /** The embedded PostgreSQL ended by itself: it is started again, and the services find it by their pools. */
  async #databaseLost(): Promise<void> {
    for (let tries = 1; !this.#stop.signal.aborted; tries += 1) {
      show('the database ended by itself; it is started again');
      try {
        await this.#startDatabase();
        return;
      } catch (error) {
        show(`the database did not start: ${error instanceof Error ? error.message : String(error)}`);
        await new Promise<void>((resolve) => setTimeout(resolve, Math.min(500 * tries, 10_000)));
      }
    }
  }

  async #step<T>(title: string, work: () => Promise<T>): Promise<T> {
    if (this.#stop.signal.aborted) throw new CannotStart('asked to stop');
    const started = performance.now();
    const slow = setTimeout(() => console.log(`  … ${title}`), 1_500);
    const result = await work().finally(() => clearTimeout(slow));
    if (this.#stop.signal.aborted) throw new CannotStart('asked to stop');
    console.log(`  ✓ ${title} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
    return result;
  }
}

function show(line: string): void {
  console.error(`  ! ${line}`);
}

const quiet = { info: () => undefined, warn: (_facts: object, event: string) => show(event) };
