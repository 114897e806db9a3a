import type { Client } from 'pg';
import { withDatabase } from './admin-url.ts';
import { applyMigrations, fingerprint, readMigrations } from './migrations.ts';
import type { Migration } from './migrations.ts';

/** Only one process may build the template; the number is ours alone. */
const TEMPLATE_LOCK = 7_316_402;

/**
 * The database that has all migrations and that every test database is a copy of.
 *
 * Whoever comes first builds it, the others wait. Its name follows from the migrations, so a server that outlives the run
 * never hands out an old schema.
 */
export async function ensureTemplate(client: Client, url: string): Promise<string> {
  const migrations = readMigrations();
  const name = `postern_template_${fingerprint(migrations)}`;
  if (await exists(client, name)) return name;
  await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  try {
    if (!(await exists(client, name))) await build(client, { url, name, migrations });
  } finally {
    await client.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  }
  return name;
}

async function exists(client: Client, name: string): Promise<boolean> {
  const found = await client.query('select 1 from pg_database where datname = $1', [name]);
  return found.rowCount === 1;
}

async function build(
  client: Client,
  of: { url: string; name: string; migrations: readonly Migration[] },
): Promise<void> {
  // Under another name until it is whole: a name that exists is a template that is ready.
  const draft = `${of.name}_draft`;
  await client.query(`drop database if exists ${draft} with (force)`);
  await client.query(`create database ${draft}`);
  await applyMigrations(withDatabase(of.url, draft), of.migrations);
  await client.query(`alter database ${draft} rename to ${of.name}`);
}
