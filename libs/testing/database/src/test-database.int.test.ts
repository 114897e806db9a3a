import { expect, inject, test } from 'vitest';
import { testDatabase } from './test-database.ts';
import { withClient } from './with-client.ts';

test('two test databases do not see each other', async () => {
  const [first, second] = await Promise.all([testDatabase(), testDatabase()]);
  await withClient(first.url, (client) => client.query('create table only_here (id int)'));
  const found = await withClient(second.url, (client) => client.query("select to_regclass('only_here') as name"));
  expect(found.rows).toEqual([{ name: null }]);
  await Promise.all([first.close(), second.close()]);
});

test('a closed test database is gone, also when a connection to it was left open', async () => {
  const database = await testDatabase();
  await withClient(database.url, async (client) => {
    await client.query('select 1');
    await database.close();
  });
  await expect(withClient(database.url, (client) => client.query('select 1'))).rejects.toMatchObject({ code: '3D000' });
});

test('the server of the run is also provided by vitest', () => {
  expect(inject('posternTestDatabaseUrl')).toBe(process.env['POSTERN_TEST_DATABASE_URL']);
});
