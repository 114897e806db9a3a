import { expect, onTestFinished, test } from 'vitest';
import { durableTestServer } from './durable-test-server.ts';
import { withClient } from './with-client.ts';

test('a durable server that is killed comes back under the same URL with every commit', async () => {
  const server = await durableTestServer();
  onTestFinished(() => server.close());
  await withClient(server.url, (client) => client.query('create table kept as select 1 as one'));
  await server.kill();
  await expect(withClient(server.url, (client) => client.query('select 1'))).rejects.toThrow();
  await server.start();
  const kept = await withClient(server.url, (client) => client.query('select one from kept'));
  expect(kept.rows).toEqual([{ one: 1 }]);
  const fsync = await withClient(server.url, (client) => client.query('show fsync'));
  expect(fsync.rows).toEqual([{ fsync: 'on' }]);
});
