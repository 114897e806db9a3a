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

/** Applies the migrations to an empty database, each whole or not at all. */
export async function applyMigrations(url: string, migrations: readonly Migration[]): Promise<void> {
  await withClient(url, async (client) => {
    for (const { name, sql } of migrations) {
      try {
        // Many statements in one simple query are one transaction.
        await client.query(sql);
      } catch (cause) {
        throw new Error(
          `The migration ${name} does not apply: ${cause instanceof Error ? cause.message : String(cause)}`,
          { cause },
        );
      }
    }
  });
}
