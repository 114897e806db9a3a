import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ClientBase } from 'pg';
import type { StoreLog } from '../connection/log.ts';
import { storeFault } from '../connection/store-fault.ts';
import { connectOrCreate } from './connect.ts';
import { deploy } from './deploy.ts';
import { appliedMigrations, pendingMigrations, shippedMigrations } from './known-migrations.ts';
import { LOCKS } from '../connection/locks.ts';

/** The folder with prisma.config.ts and prisma/migrations. */
const ROOT = fileURLToPath(new URL('../../../../..', import.meta.url));

/**
 * Brings the database to the schema of this version, and makes the database when the server has none of that name.
 * When nothing is pending it asks one question and is done. Any number of machines may start at once.
 */
export async function migrate({
  databaseUrl,
  log,
  signal,
}: {
  readonly databaseUrl: string;
  readonly log: StoreLog;
  /** Breaks a migration off; a migration is applied whole or not at all. */
  readonly signal?: AbortSignal;
}): Promise<void> {
  const shipped = shippedMigrations(join(ROOT, 'prisma/migrations'));
  const client = await connectOrCreate(databaseUrl);
  try {
    const pending = async () => pendingMigrations(shipped, await answered(appliedMigrations(client)));
    if ((await pending()).length === 0) return;
    await answered(lock(client));
    const left = await pending();
    if (left.length === 0) return;
    log.info({ migrations: left.map(({ name }) => name) }, 'migrating the database');
    await deploy(databaseUrl, ROOT, signal);
    log.info({}, 'database migrated');
  } finally {
    // The lock goes with the connection.
    await client.end().catch(() => undefined);
  }
}

async function lock(client: ClientBase): Promise<void> {
  await client.query('select pg_advisory_lock($1)', [LOCKS.migration]);
}

function answered<T>(question: Promise<T>): Promise<T> {
  return question.catch((cause: unknown) => Promise.reject(storeFault(cause)));
}
