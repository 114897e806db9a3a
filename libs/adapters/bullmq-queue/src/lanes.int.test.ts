import { testDatabase } from '@postern/database';
import { redisServer } from '@postern/lab';
import { Queue, Worker } from 'bullmq';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import {
  type AlarmBackend,
  AlarmBackendUnfit,
  checkRedis,
  eventsKept,
  type LaneJobData,
  LANES,
  laneJob,
  prepareAlarmBackend,
  throttledClock,
  tidyAlarmBackend,
  useAlarmBackend,
} from './index.ts';

const silent = { info: () => undefined, warn: () => undefined };

describe.each(['PostgreSQL', 'Redis'] as const)('on %s', (kind) => {
  test('a lane that waits is not added twice', async () => {
    await using backend = await start(kind);
    for (let times = 0; times < 3; times += 1) await backend.queue.addBulk([laneJob({ queueId: 7, lane: 0 })]);
    expect(await backend.queue.getWaitingCount()).toBe(1);
  });

  test('a lane that is woken while it runs runs exactly once more', async () => {
    await using backend = await start(kind);
    let runs = 0;
    let release = () => {};
    const running = new Promise<void>((resolve) => (release = resolve));
    const started = Promise.withResolvers<void>();
    const again = Promise.withResolvers<void>();
    const worker = new Worker<LaneJobData>(
      LANES,
      async () => {
        runs += 1;
        if (runs === 1) {
          started.resolve();
          await running;
        } else again.resolve();
      },
      { connection: backend.connection },
    );
    worker.on('error', () => undefined);
    await backend.queue.addBulk([laneJob({ queueId: 7, lane: 0 })]);
    await started.promise;
    for (let times = 0; times < 5; times += 1) await backend.queue.addBulk([laneJob({ queueId: 7, lane: 0 })]);
    release();
    await again.promise;
    await worker.close();
    expect(runs).toBe(2);
    expect(await backend.queue.getWaitingCount()).toBe(0);
  });

  test('a lane that has ended can be woken again', async () => {
    await using backend = await start(kind);
    let told = Promise.withResolvers<LaneJobData>();
    const worker = new Worker<LaneJobData>(LANES, async (job) => told.resolve(job.data), {
      connection: backend.connection,
    });
    worker.on('error', () => undefined);
    const clock = throttledClock({ queue: backend.queue, log: silent, perLaneMs: 1 });
    for (let times = 0; times < 3; times += 1) {
      clock.wake({ queueId: 9, lane: times });
      expect(await told.promise).toEqual({ queueId: 9, lane: times });
      told = Promise.withResolvers();
    }
    await clock.close();
    await worker.close();
  });
});

test('on PostgreSQL jobs stay out of the write-ahead log, and a lane can be woken after a crash has emptied them', async () => {
  await using backend = await start('PostgreSQL');
  await backend.queue.addBulk([laneJob({ queueId: 7, lane: 0 })]);
  const unlogged = await backend.ask(
    `select string_agg(relname, ' ' order by relname) from pg_class
     where relnamespace = 'bullmq'::regnamespace and relpersistence = 'u' and relkind = 'r'`,
  );
  expect(unlogged).toBe('dedup dedup_next event job job_dependency job_log');
  // What PostgreSQL does to such tables when it starts after a crash.
  await backend.ask(`truncate ${String(unlogged).replaceAll(/\w+/g, 'bullmq.$&').replaceAll(' ', ', ')}`);
  await backend.queue.addBulk([laneJob({ queueId: 7, lane: 0 })]);
  expect(await backend.queue.getWaitingCount()).toBe(1);
});

test('a wake-up looks for its lane by the primary key, also when the table was seen empty', async () => {
  await using backend = await start('PostgreSQL');
  await backend.ask('vacuum analyze bullmq.dedup');
  const plan = await backend.ask(
    `explain (format json) select job_id from bullmq.dedup where queue = 'lanes' and dedup_id = 'lane-7-0'`,
  );
  expect(JSON.stringify(plan)).toContain('dedup_pkey');
});

test('events that nobody reads are taken away', async () => {
  await using backend = await start('PostgreSQL');
  for (let lane = 0; lane < 3; lane += 1) await backend.queue.addBulk([laneJob({ queueId: 7, lane })]);
  const events = () => backend.ask('select count(*)::int from bullmq.event');
  expect(await events()).toBe(6);
  await tidyAlarmBackend({ kind: 'postgres', databaseUrl: backend.databaseUrl });
  expect(await events()).toBe(0);
});

test('a Redis that may evict keys is unfit, and the text says what to set', async () => {
  await using redis = await redisServer({ maxMemoryPolicy: 'allkeys-lru' });
  await expect(prepareAlarmBackend({ kind: 'redis', redisUrl: redis.url })).rejects.toThrow(AlarmBackendUnfit);
  await expect(prepareAlarmBackend({ kind: 'redis', redisUrl: redis.url })).rejects.toThrow(
    /maxmemory-policy noeviction/,
  );
});

test('a Redis that begins to evict, or that is out of memory, is found unfit while it runs, and fit when it is mended', async () => {
  await using redis = await redisServer();
  await checkRedis(redis.url);
  await redis.command('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru');
  await expect(checkRedis(redis.url)).rejects.toThrow(/maxmemory-policy noeviction/);
  await redis.command('CONFIG', 'SET', 'maxmemory-policy', 'noeviction');
  await redis.command('CONFIG', 'SET', 'maxmemory', '1');
  await expect(checkRedis(redis.url)).rejects.toThrow(/out of memory/);
  await redis.command('CONFIG', 'SET', 'maxmemory', '0');
  await checkRedis(redis.url);
});

test('a user of Redis that may touch nothing but the keys of the alarm clock is enough, and nobody else gets in', async () => {
  await using redis = await redisServer();
  const allowed = ['~bull:*', '&bull:*', '+@all', '-@admin', '-@dangerous', '+info', '+client'];
  await redis.command('ACL', 'SETUSER', 'postern', 'on', '>secret', 'resetkeys', 'resetchannels', ...allowed);
  await redis.command('ACL', 'SETUSER', 'default', 'off');
  const backend = { kind: 'redis', redisUrl: redis.url.replace('//', '//postern:secret@') } as const;
  await prepareAlarmBackend(backend);
  await expect(checkRedis(redis.url)).rejects.toThrow(AlarmBackendUnfit);
  const connection = useAlarmBackend(backend);
  const queue = new Queue(LANES, { connection, streams: { events: { maxLen: eventsKept(backend) } } });
  const told = Promise.withResolvers<LaneJobData>();
  const worker = new Worker<LaneJobData>(LANES, async (job) => told.resolve(job.data), { connection });
  await queue.addBulk([laneJob({ queueId: 3, lane: 1 })]);
  expect(await told.promise).toEqual({ queueId: 3, lane: 1 });
  await worker.close();
  await queue.close();
});

test('a Redis that is not there is told in one sentence, and soon', async () => {
  await expect(prepareAlarmBackend({ kind: 'redis', redisUrl: 'redis://127.0.0.1:1' })).rejects.toThrow(
    /does not answer/,
  );
});

/** The first column of the first row, on a connection like those of the jobs. */
async function ask(connection: object, text: string): Promise<unknown> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(text);
    return Object.values(rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

async function start(kind: 'PostgreSQL' | 'Redis') {
  const peer = kind === 'Redis' ? await redisServer() : await testDatabase();
  const backend: AlarmBackend =
    'command' in peer ? { kind: 'redis', redisUrl: peer.url } : { kind: 'postgres', databaseUrl: peer.url };
  await prepareAlarmBackend(backend);
  const connection = useAlarmBackend(backend);
  const queue = new Queue(LANES, { connection, streams: { events: { maxLen: eventsKept(backend) } } });
  queue.on('error', () => undefined);
  return {
    queue,
    connection,
    databaseUrl: peer.url,
    ask: (text: string) => ask(connection, text),
    async [Symbol.asyncDispose]() {
      await queue.close();
      await peer.close();
    },
  };
}
