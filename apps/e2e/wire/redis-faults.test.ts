import { redisServer, type RedisServerOptions, temporaryDirectory } from '@postern/lab';
import { testDatabase } from '@postern/database';
import { expect, test } from 'vitest';
import { Gateway, labInternet, type ServiceName, submit } from '../src/index.ts';

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

test('while Redis is out of memory, and then throws its keys away, health is red and mail waits; mended, all leaves once', async () => {
  await using world = await withRedis(['submission', 'delivery', 'api']);
  const { redis, gateway, internet } = world;
  await submit(world);
  await internet.host.waitForCount(1, 20_000);
  await redis.command('CONFIG', 'SET', 'maxmemory', '1');
  expect(await health(world)).toMatchObject({ status: 503, alarmClock: expect.stringMatching(/out of memory/) });
  for (let number = 0; number < 3; number += 1) await submit(world);
  await redis.command('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru');
  expect(await health(world)).toMatchObject({ status: 503, alarmClock: expect.stringMatching(/noeviction/) });
  for (let number = 0; number < 3; number += 1) await submit(world);
  await redis.command('CONFIG', 'SET', 'maxmemory-policy', 'noeviction');
  await redis.command('CONFIG', 'SET', 'maxmemory', '0');
  await internet.host.waitForCount(7, 60_000);
  expect(await gateway.settled()).toMatchObject({ accepted: 7, delivered: 7 });
  expect(internet.host.count).toBe(7);
  expect(await health(world)).toMatchObject({ status: 200, alarmClock: 'ok' });
});

test('a Redis that comes back with an old copy of itself has nothing sent twice', async () => {
  await using folder = await temporaryDirectory();
  await using world = await withRedis(['submission', 'delivery'], { persistence: 'snapshot', directory: folder.path });
  const { redis, gateway, internet } = world;
  await gateway.kill('delivery', 'SIGTERM');
  for (let number = 0; number < 5; number += 1) await submit(world);
  // The copy holds wake-ups of mail that is delivered by the time it comes back.
  await redis.command('SAVE');
  await gateway.run('delivery');
  await internet.host.waitForCount(5, 20_000);
  await gateway.settled();
  await redis.kill();
  await submit(world);
  await redis.start();
  await internet.host.waitForCount(6, 60_000);
  expect(await gateway.settled()).toMatchObject({ accepted: 6, delivered: 6 });
  expect(internet.host.count).toBe(6);
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

async function health({ gateway }: { readonly gateway: Gateway }) {
  const answer = await fetch(`http://127.0.0.1:${gateway.ports.api}/health/ready`);
  const { checks } = (await answer.json()) as { readonly checks: { readonly alarmClock: string } };
  return { status: answer.status, alarmClock: checks.alarmClock };
}

async function withRedis(services: readonly ServiceName[] = ['submission', 'delivery'], options?: RedisServerOptions) {
  const database = await testDatabase();
  const redis = await redisServer(options);
  const internet = await labInternet();
  const gateway = await Gateway.start({
    databaseUrl: database.url,
    redisUrl: redis.url,
    zone: internet.zone,
    deliveryPort: internet.host.port,
    services,
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
