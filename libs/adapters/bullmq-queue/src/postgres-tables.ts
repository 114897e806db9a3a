import { DEFAULT_SCHEMA as SCHEMA } from 'bullmq';
import pg from 'pg';

/** Tables of jobs, those that refer to others first. Those that say how far BullMQ's migrations are stay as they are. */
const OF_JOBS = ['job_log', 'job_dependency', 'job', 'dedup', 'dedup_next', 'event'] as const;

/**
 * Takes the jobs out of PostgreSQL's write-ahead log. They are an alarm clock, not the truth: what a crash of the server
 * empties, the sweep of the delivery processes makes up for, as when Redis is flushed. A table that somebody holds stays
 * as it is until the next start.
 */
export async function keepJobsOutOfTheLog(client: pg.ClientBase): Promise<void> {
  for (const table of await loggedTables(client))
    if (!(await unlessHeld(() => client.query(`alter table ${SCHEMA}.${table} set unlogged`)))) return;
}

/**
 * Removes an index that BullMQ has for emptying whole queues, which nobody here does. As soon as autovacuum has seen the table
 * of deduplication ids without rows, PostgreSQL takes this index for as good as the primary key, looks for one id among all
 * that ever were, and a wake-up costs several times as much.
 */
export async function dropMisleadingIndex(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [
    `${SCHEMA}.dedup_job_idx`,
  ]);
  if (rows[0]?.there) await unlessHeld(() => client.query(`drop index if exists ${SCHEMA}.dedup_job_idx`));
}

async function loggedTables(client: pg.ClientBase): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class
     where relnamespace = to_regnamespace($1) and relkind = 'r' and relpersistence = 'p' and relname = any($2)
     order by array_position($2::text[], relname::text)`,
    [SCHEMA, OF_JOBS],
  );
  return rows.map(({ name }) => name);
}

/**
 * Empties BullMQ's stream of events, which nobody here reads. BullMQ itself would delete the oldest at each wake-up, and walk
 * over all that it ever deleted to find them; so it is told to keep all of them (`eventsKept`), and they go at once here.
 *
 * Resolves when they are gone, or somebody held the table too long: then they go the next time.
 */
export async function forgetEvents(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query(PATIENCE);
    await unlessHeld(() => client.query(`truncate ${SCHEMA}.event`));
  } finally {
    await client.end();
  }
}

/** How long a session waits for a table that somebody holds, while others wait behind it. */
export const PATIENCE = `set lock_timeout = '1s'`;

/** Whether it was done; not when somebody held the table for too long. */
async function unlessHeld(change: () => Promise<unknown>): Promise<boolean> {
  try {
    await change();
    return true;
  } catch (cause) {
    if (cause instanceof pg.DatabaseError && cause.code === LOCK_NOT_AVAILABLE) return false;
    throw cause;
  }
}

const LOCK_NOT_AVAILABLE = '55P03';
