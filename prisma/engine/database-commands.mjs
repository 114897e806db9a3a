import pg from 'pg';
import { connectionError } from './connection-error.mjs';
import { readDatasource, withDatabase } from './datasource.mjs';
import { log } from './log.mjs';

/**
 * `schema-engine cli COMMAND`: runs it, says how it ended on stderr, and answers the exit code.
 *
 * @param {string | undefined} command
 * @param {{ url?: string }} datasource
 */
export async function runDatabaseCommand(command, datasource) {
  // The CLI throws the first line away before it reads the others.
  log('INFO', 'Starting schema engine CLI');
  try {
    log('INFO', await commandNamed(command)(datasource));
    return 0;
  } catch (error) {
    log('ERROR', error.message, { is_panic: false, error_code: error.code ?? '' });
    return 1;
  }
}

/** Whether the database answers; refuses with Prisma's number when it does not. */
export async function canConnectToDatabase(datasource) {
  const at = readDatasource(datasource);
  await onDatabase(at, at.connection, async () => {});
  return 'Connection successful';
}

/** Creates the database and its schema (PostgreSQL creates `public` only). */
export async function createDatabase(datasource) {
  const at = readDatasource(datasource);
  await asAdmin(at, (client) => client.query(`CREATE DATABASE ${pg.escapeIdentifier(at.database)}`));
  await onDatabase(at, at.connection, (client) =>
    client.query(`CREATE SCHEMA IF NOT EXISTS ${pg.escapeIdentifier(at.schema)}`),
  );
  return `Database '${at.database}' was successfully created.`;
}

/** Drops the database; PostgreSQL refuses while anyone is connected. */
export async function dropDatabase(datasource) {
  const at = readDatasource(datasource);
  await asAdmin(at, (client) => client.query(`DROP DATABASE ${pg.escapeIdentifier(at.database)}`));
  return 'The database was successfully dropped.';
}

function commandNamed(name) {
  switch (name) {
    case 'can-connect-to-database':
      return canConnectToDatabase;
    case 'create-database':
      return createDatabase;
    case 'drop-database':
      return dropDatabase;
    default:
      throw new Error(`unknown command of the schema engine: cli ${name ?? ''}`);
  }
}

// `postgres` may have been dropped; `template1` is always there.
const ADMIN_DATABASES = ['postgres', 'template1'];

async function asAdmin(at, work) {
  for (const database of ADMIN_DATABASES) {
    try {
      return await onDatabase(at, withDatabase(at.connection, database), work);
    } catch (error) {
      if (error.code !== 'P1003' || database === ADMIN_DATABASES.at(-1)) throw error;
    }
  }
}

async function onDatabase(at, connection, work) {
  const client = new pg.Client(connection);
  // A connection that breaks while idle must not end the process: the next query says so.
  client.on('error', () => {});
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    throw connectionError(error, at);
  } finally {
    await client.end().catch(() => {});
  }
}
