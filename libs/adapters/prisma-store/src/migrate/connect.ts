import pg from 'pg';
import { sqlState, storeFault } from '../connection/store-fault.ts';

/** Connects to the database, and makes it first when the server has none of that name. */
export async function connectOrCreate(databaseUrl: string): Promise<pg.Client> {
  try {
    return await connect(databaseUrl);
  } catch (cause) {
    // invalid_catalog_name: there is no such database.
    if (sqlState(cause) !== '3D000') throw storeFault(cause);
    await createDatabase(databaseUrl);
    return connect(databaseUrl).catch((again: unknown) => Promise.reject(storeFault(again)));
  }
}

async function connect(databaseUrl: string, database?: string): Promise<pg.Client> {
  const url = new URL(databaseUrl);
  if (database !== undefined) url.pathname = `/${database}`;
  const client = new pg.Client({
    connectionString: url.href,
    application_name: 'postern migrate',
    connectionTimeoutMillis: 10_000,
  });
  // A connection that is lost fails the query that is under way; between two, nothing.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function createDatabase(databaseUrl: string): Promise<void> {
  const name = decodeURIComponent(new URL(databaseUrl).pathname.slice(1));
  const client = await connect(databaseUrl, 'postgres').catch((cause: unknown) => Promise.reject(storeFault(cause)));
  try {
    await client.query(`create database ${pg.escapeIdentifier(name)}`);
  } catch (cause) {
    // duplicate_database, or its name entered into the catalogue at the same moment: another machine made it.
    if (!['42P04', '23505'].includes(sqlState(cause) ?? '')) throw storeFault(cause);
  } finally {
    await client.end();
  }
}
