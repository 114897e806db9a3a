import { randomBytes } from 'node:crypto';
import { inject, expect, onTestFinished, test } from 'vitest';
import pg from 'pg';
import { migrate, MigrationFailed } from '../index.ts';
import { StoreUnavailable } from '@postern/queue';
import { quiet } from '../testing/scenario.ts';

test('a database that is not there is made and migrated, also when many start at once', async () => {
  const databaseUrl = newDatabaseUrl();
  const told: string[] = [];
  const log = { ...quiet, info: (_: object, event: string) => void told.push(event) };
  await Promise.all([1, 2, 3].map(() => migrate({ databaseUrl, log })));
  expect(told).toEqual(['migrating the database', 'database migrated']);
  expect(await ask(databaseUrl, 'select id, name from delivery_queues')).toEqual([{ id: 1, name: 'unresolved' }]);
  // Nothing is pending now, so nothing is started.
  await migrate({ databaseUrl, log });
  expect(told).toHaveLength(2);
});

test('a migration that failed before is told, with what to do', async () => {
  const databaseUrl = newDatabaseUrl();
  await migrate({ databaseUrl, log: quiet });
  await ask(
    databaseUrl,
    `update _prisma_migrations set finished_at = null where migration_name = (select max(migration_name) from _prisma_migrations)`,
  );
  const failed = migrate({ databaseUrl, log: quiet });
  await expect(failed).rejects.toThrow(MigrationFailed);
  await expect(failed).rejects.toThrow(/P3009/);
});

test('a server that does not answer is StoreUnavailable', async () => {
  await expect(migrate({ databaseUrl: 'postgres://nobody@127.0.0.1:9/none', log: quiet })).rejects.toThrow(
    StoreUnavailable,
  );
});

function newDatabaseUrl(): string {
  const admin = inject('posternTestDatabaseUrl' as never) as string;
  const url = new URL(admin);
  const name = `migrate_${randomBytes(6).toString('hex')}`;
  url.pathname = `/${name}`;
  onTestFinished(async () => void (await ask(admin, `drop database if exists ${name} with (force)`)));
  return url.href;
}

async function ask(databaseUrl: string, text: string): Promise<readonly object[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<object>(text)).rows;
  } finally {
    await client.end();
  }
}
