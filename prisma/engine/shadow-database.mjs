import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { withDatabase } from './datasource.mjs';

/**
 * A database to replay migrations in, on the server of `url`, with the name that Prisma gives to its own.
 * `drop` ends whoever is still connected to it (PostgreSQL 13 and later).
 *
 * @param {string} url
 */
export async function createShadowDatabase(url) {
  const name = `prisma_migrate_shadow_db_${randomUUID()}`;
  await execute(url, `CREATE DATABASE "${name}"`);
  return {
    url: withDatabase(url, name),
    drop: () => execute(url, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`),
  };
}

async function execute(url, statement) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
