import { type Configuration, readConfiguration } from '@postern/configuration';
import { locateEmbeddedPostgres } from '@postern/embedded-postgres';

/** EX_CONFIG of sysexits.h: the environment is wrong. */
const EXIT_CONFIGURATION = 78;
/** What is still running after this time is killed by ending the process. */
const STOP_MS = 60_000;
/** What was asked to stop before it was ready has this long to become ready and stop orderly. */
const UNSTARTED_MS = 3_000;

/** What a service gives back once it runs. */
export interface RunningService {
  /** Ends orderly: what is under way is finished or handed back. */
  stop(): Promise<void>;
}

/**
 * Runs a service as a process of its own: reads the environment (a fault ends the process with 78), starts it, tells
 * whoever started us that it is ready (`{ ready: true }` over IPC), and ends it at SIGTERM, SIGINT or when the process
 * that started us is gone. A fault at the start ends the process with 1, and one clear line.
 */
export async function runService(
  name: string,
  start: (configuration: Configuration, databaseUrl: string) => Promise<RunningService>,
): Promise<void> {
  const reading = readConfiguration(process.env);
  if ('faults' in reading) {
    for (const fault of reading.faults) console.error(`${name}: ${fault}`);
    process.exit(EXIT_CONFIGURATION);
  }
  const asked = askedToStop();
  let started = false;
  // Who cannot come up (a database that does not answer) need not be waited for.
  void asked.then(() => setTimeout(() => started || process.exit(0), UNSTARTED_MS).unref());
  try {
    const service = await start(reading.ok, await findDatabase(reading.ok));
    started = true;
    if (process.connected) process.send?.({ ready: true });
    await asked;
    setTimeout(() => process.exit(1), STOP_MS).unref();
    await service.stop();
    process.exit(0);
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}

/** The database that is configured, or the embedded one of the data directory, which must be running. */
async function findDatabase({ databaseUrl, dataDir }: Configuration): Promise<string> {
  const url = databaseUrl ?? (await locateEmbeddedPostgres(dataDir));
  if (url !== undefined) return url;
  throw new Error(
    `there is no database: set DATABASE_URL, or run postern up, which starts the embedded PostgreSQL in ${dataDir}`,
  );
}

function askedToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve());
    process.on('disconnect', () => resolve());
    // It may be gone before anybody listened.
    if (process.send && !process.connected) resolve();
  });
}
