import { Client } from 'pg';
import { connectionUrl } from './connection-url.ts';
import { EmbeddedPostgresFault, errorCode } from './fault.ts';
import type { Layout } from './layout.ts';
import type { Passwords } from './passwords.ts';
import type { Reach } from './settings.ts';

/** The role and the database that Postern uses; the role is no superuser, so nobody reaches files or programs through it. */
const POSTERN = 'postern';

/** The URL of Postern's database. */
export function posternUrl(reach: Reach, passwords: Passwords): string {
  return connectionUrl({ ...reach, role: POSTERN, password: passwords.postern, database: POSTERN });
}

/** Sees that the role and the database exist and that the URL opens them; in a cluster made just now they cannot. */
export async function ensureDatabase(
  layout: Layout,
  reach: Reach,
  passwords: Passwords,
  cluster: { readonly made: boolean },
): Promise<void> {
  if (!cluster.made && (await opens(posternUrl(reach, passwords)))) return;
  const superuser = connectionUrl({ ...reach, role: 'postgres', password: passwords.postgres, database: 'postgres' });
  try {
    await connected(superuser, (client) => createDatabase(client, passwords));
  } catch (cause) {
    if (errorCode(cause) !== '28P01') throw cause;
    throw new EmbeddedPostgresFault(
      'refused-to-start',
      `The database does not know the password in ${layout.passwords}. Put the file back from the backup that the database is from.`,
      { cause },
    );
  }
}

async function opens(url: string): Promise<boolean> {
  try {
    await connected(url, (client) => client.query('select 1'));
    return true;
  } catch (error) {
    // Wrong password (also said of a role that is not there), no such role, no such database.
    if (['28P01', '28000', '3D000'].includes(errorCode(error) ?? '')) return false;
    throw error;
  }
}

async function createDatabase(client: Client, passwords: Passwords): Promise<void> {
  const role = await client.query('select 1 from pg_roles where rolname = $1', [POSTERN]);
  if (role.rowCount === 0) await client.query(`create role ${POSTERN} login createdb`);
  await client.query(`alter role ${POSTERN} password ${client.escapeLiteral(passwords.postern)}`);
  const database = await client.query('select 1 from pg_database where datname = $1', [POSTERN]);
  if (database.rowCount === 0) await client.query(`create database ${POSTERN} owner ${POSTERN}`);
}

async function connected(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // The server may end under an idle connection; the query, if one runs, tells.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
