import { randomBytes } from 'node:crypto';
import { adminUrl, withDatabase } from './admin-url.ts';
import { ensureTemplate } from './template.ts';
import { withClient } from './with-client.ts';
import type { ClientBase } from 'pg';

/** A database that belongs to one test. */
export interface TestDatabase {
  readonly url: string;
  /** Drops it; connections that are still open are cut. */
  close(): Promise<void>;
}

/** Makes an empty database with all migrations applied. */
export async function testDatabase(): Promise<TestDatabase> {
  const admin = adminUrl();
  const name = `test_${randomBytes(8).toString('hex')}`;
  await withClient(admin, async (client) => {
    const template = await ensureTemplate(client, admin);
    // Files are copied in a quarter of the time that it takes to write the same through the log (PostgreSQL 15 and newer).
    await client.query(`create database ${name} template ${template} strategy file_copy`);
  });
  return {
    url: withDatabase(admin, name),
    close: () => withClient(admin, (client) => drop(client, name, () => withClient(withDatabase(admin, name), empty))),
  };
}

const INSUFFICIENT_PRIVILEGE = '42501';

/** An autovacuum worker, which only a superuser may end, keeps a database from being dropped: it gives way as its table goes. */
async function drop(client: ClientBase, name: string, makeWay: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await client.query(`drop database if exists ${name} with (force)`);
      return;
    } catch (error) {
      const busy = error instanceof Error && 'code' in error && error.code === INSUFFICIENT_PRIVILEGE;
      if (!busy || tries >= 100) throw error;
      await makeWay().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

function empty(client: ClientBase): Promise<unknown> {
  return client.query(`set lock_timeout = '5s'; drop schema if exists public, bullmq cascade`);
}
