import { redisServer } from '@postern/lab';
import { testDatabase } from '@postern/database';
import { expect, test } from 'vitest';
import { Gateway, labInternet, submit } from '../src/index.ts';

test('mail is accepted while Redis is away, and leaves within a minute of its return', async () => {
  await using world = await withRedis();
  await submit(world);
  await world.internet.host.waitForCount(1, 20_000);
  await world.redis.kill();
  for (let number = 0; number < 5; number += 1) await submit(world);
  await world.redis.start();
  await world.internet.host.waitForCount(6, 60_000);
  expect(world.internet.host.count).toBe(6);
});

test('mail that was queued when Redis was flushed leaves all the same, once', async () => {
  await using world = await withRedis();
  await world.gateway.kill('delivery', 'SIGTERM');
  for (let number = 0; number < 10; number += 1) await submit(world);
  await world.redis.flushAll();
  await world.gateway.run('delivery');
  await world.internet.host.waitForCount(10, 60_000);
  expect(await world.gateway.settled()).toMatchObject({ accepted: 10, delivered: 10 });
  expect(world.internet.host.count).toBe(10);
});

test('a Redis that may evict keys is refused at the start, with what to change', async () => {
  const redis = await redisServer({ maxMemoryPolicy: 'allkeys-lru' });
  try {
    const database = await testDatabase();
    const internet = await labInternet();
    const starting = Gateway.start({
      databaseUrl: database.url,
      redisUrl: redis.url,
      zone: internet.zone,
      deliveryPort: internet.host.port,
    });
    await expect(starting).rejects.toThrow(/maxmemory-policy noeviction/);
    await internet[Symbol.asyncDispose]();
    await database.close();
  } finally {
    await redis.close();
  }
});

async function withRedis() {
  const database = await testDatabase();
  const redis = await redisServer();
  const internet = await labInternet();
  const gateway = await Gateway.start({
    databaseUrl: database.url,
    redisUrl: redis.url,
    zone: internet.zone,
    deliveryPort: internet.host.port,
  });
  const { user, password } = await gateway.credential();
  return {
    redis,
    internet,
    gateway,
    user,
    password,
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]();
      await internet[Symbol.asyncDispose]();
      await redis.close();
      await database.close();
    },
  };
}
