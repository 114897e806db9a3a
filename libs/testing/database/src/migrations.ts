import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withClient } from './with-client.ts';

/** One migration of prisma/migrations. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '../../../../prisma/migrations');

/** Every migration, in the order in which they apply: that of their names. */
export function readMigrations(folder: string = FOLDER): readonly Migration[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .toSorted()
    .map((name) => ({ name, file: join(folder, name, 'migration.sql') }))
    .filter(({ file }) => existsSync(file))
    .map(({ name, file }) => ({ name, sql: readFileSync(file, 'utf8') }));
}

/** A word that changes when a migration does. */
export function fingerprint(migrations: readonly Migration[]): string {
  const hash = createHash('sha256');
  for (const { name, sql } of migrations) hash.update(JSON.stringify([name, sql]));
  return hash.digest('hex').slice(0, 16);
}

/** The table in which Prisma records what was applied: a service that starts on a test's database finds nothing to migrate. */
const RECORD = `
  create table _prisma_migrations (
    id varchar(36) primary key,
    checksum varchar(64) not null,
    finished_at timestamptz,
    migration_name varchar(255) not null,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz not null default now(),
    applied_steps_count integer not null default 0
  )`;

/** Applies the migrations to an empty database, each whole or not at all. */
export async function applyMigrations(url: string, migrations: readonly Migration[]): Promise<void> {
  await withClient(url, async (client) => {
    await client.query(RECORD);
    for (const { name, sql } of migrations) {
      try {
        // Many statements in one simple query are one transaction.
        await client.query(sql);
        await client.query(
          `insert into _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
           values (gen_random_uuid(), $1, now(), $2, 1)`,
          [createHash('sha256').update(sql).digest('hex'), name],
        );
      } catch (cause) {
        throw new Error(
          `The migration ${name} does not apply: ${cause instanceof Error ? cause.message : String(cause)}`,
          { cause },
        );
      }
    }
  });
}
