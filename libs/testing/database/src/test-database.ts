import { randomBytes } from 'node:crypto';
import { adminUrl, withDatabase } from './admin-url.ts';
import { ensureTemplate } from './template.ts';
import { withClient } from './with-client.ts';

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
    await client.query(`create database ${name} template ${template}`);
  });
  return {
    url: withDatabase(admin, name),
    close: () =>
      withClient(admin, async (client) => void (await client.query(`drop database if exists ${name} with (force)`))),
  };
}
