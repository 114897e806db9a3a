import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { withDatabase } from './datasource.mjs';
import { KnownError } from './known-error.mjs';

/**
 * A database to replay migrations in, on the same server, with the name that Prisma gives to its own and a comment for
 * whoever finds it. `drop` ends whoever is still connected to it (PostgreSQL 13 and later).
 *
 * @param {ReturnType<typeof import('./datasource.mjs').readDatasource>} at
 */
export async function createShadowDatabase({ connection, database }) {
  const name = `prisma_migrate_shadow_db_${randomUUID()}`;
  const comment = `Made by prisma migrate for the database ${database}; when that has ended this may be dropped.`;
  try {
    await execute(connection, `CREATE DATABASE "${name}"`);
  } catch (error) {
    throw new KnownError(
      'P3014',
      'Prisma Migrate could not create the shadow database. ' +
        `Please make sure the database user has permission to create databases.\n\n${error.message}`,
      { cause: error },
    );
  }
  await execute(connection, `COMMENT ON DATABASE "${name}" IS ${pg.escapeLiteral(comment)}`);
  return {
    connection: withDatabase(connection, name),
    drop: () => execute(connection, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`),
  };
}

async function execute(connection, statement) {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
