import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClientBase } from 'pg';
import { sqlState } from '../connection/store-fault.ts';

/** A migration by what tells it apart: its name, and the SHA-256 of its text, as Prisma records them. */
export interface KnownMigration {
  readonly name: string;
  readonly checksum: string;
}

/** The migrations that came with this version, in their order. */
export function shippedMigrations(folder: string): readonly KnownMigration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((each) => each.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => ({ name, checksum: checksum(readFileSync(join(folder, name, 'migration.sql'))) }));
}

/** The migrations that a database has, whole. */
export async function appliedMigrations(client: ClientBase): Promise<readonly KnownMigration[]> {
  try {
    const { rows } = await client.query<KnownMigration>(
      `select migration_name as name, checksum from _prisma_migrations
       where finished_at is not null and rolled_back_at is null`,
    );
    return rows;
  } catch (cause) {
    // undefined_table: a new database.
    if (sqlState(cause) === '42P01') return [];
    throw cause;
  }
}

/** The shipped migrations that were not applied as they are. */
export function pendingMigrations(
  shipped: readonly KnownMigration[],
  applied: readonly KnownMigration[],
): readonly KnownMigration[] {
  const checksums = new Map(applied.map((each) => [each.name, each.checksum]));
  return shipped.filter((each) => checksums.get(each.name) !== each.checksum);
}

function checksum(octets: Buffer): string {
  return createHash('sha256').update(octets).digest('hex');
}
