import { createPostgresBackend, runMigrations, setDefaultBackendFactory } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { dropMisleadingIndex, forgetEvents, keepJobsOutOfTheLog, PATIENCE } from './postgres-tables.ts';

/** Where BullMQ keeps its jobs: in Redis when one is configured, else beside the truth in PostgreSQL. */
export type AlarmBackend =
  { readonly kind: 'redis'; readonly redisUrl: string } | { readonly kind: 'postgres'; readonly databaseUrl: string };

/** The backend that a configuration asks for. */
export function alarmBackend(given: {
  readonly redisUrl: string | undefined;
  readonly databaseUrl: string;
}): AlarmBackend {
  return given.redisUrl === undefined
    ? { kind: 'postgres', databaseUrl: given.databaseUrl }
    : { kind: 'redis', redisUrl: given.redisUrl };
}

/** A backend that would not keep its jobs; the text says what to change. */
export class AlarmBackendUnfit extends Error {
  override readonly name = 'AlarmBackendUnfit';
}

/**
 * Makes the backend BullMQ's own default in this process, so that whatever creates a queue or a worker gets it, and
 * answers the `connection` to create them with.
 */
export function useAlarmBackend(backend: AlarmBackend): object {
  if (backend.kind === 'redis') {
    setDefaultBackendFactory();
    // A worker's commands wait for Redis to come back instead of failing (BullMQ asks for null).
    return redisOptions(backend.redisUrl);
  }
  setDefaultBackendFactory(createPostgresBackend as unknown as Parameters<typeof setDefaultBackendFactory>[0]);
  return postgresOptions(backend.databaseUrl);
}

/**
 * Makes a backend ready: on PostgreSQL, BullMQ's tables; on Redis, the check that it never evicts.
 *
 * Throws AlarmBackendUnfit when Redis may evict keys: BullMQ's jobs would vanish under memory pressure.
 */
export async function prepareAlarmBackend(backend: AlarmBackend): Promise<void> {
  if (backend.kind === 'postgres') return migrate(backend.databaseUrl);
  await askRedis(backend.redisUrl, checkEviction);
}

/** How many events of BullMQ a backend keeps, which nobody reads: on PostgreSQL all, until `tidyAlarmBackend` removes them. */
export function eventsKept(backend: AlarmBackend): number {
  return backend.kind === 'postgres' ? 2_147_483_647 : 100;
}

/** To be called every minute or so: takes away what BullMQ leaves behind. Rejects when the backend is away. */
export async function tidyAlarmBackend(backend: AlarmBackend): Promise<void> {
  if (backend.kind === 'postgres') await forgetEvents(backend.databaseUrl);
}

/**
 * Whether a Redis that was fit at the start still is: it answers, it does not evict, and it has memory for one more job.
 * Throws AlarmBackendUnfit with what to change.
 */
export async function checkRedis(redisUrl: string): Promise<void> {
  await askRedis(redisUrl, (memory) => {
    checkEviction(memory);
    checkRoom(memory);
  });
}

async function askRedis(redisUrl: string, check: (memory: string) => void): Promise<void> {
  const redis = new Redis(redisUrl, {
    lazyConnect: true,
    maxRetriesPerRequest: 1,
    connectTimeout: 5_000,
    retryStrategy: null,
  });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    check(await redis.info('memory'));
  } catch (cause) {
    if (cause instanceof AlarmBackendUnfit) throw cause;
    throw new AlarmBackendUnfit('Redis does not answer at REDIS_URL: start it, or mend the URL', { cause });
  } finally {
    redis.disconnect();
  }
}

function checkEviction(memory: string): void {
  const policy = /^maxmemory_policy:(\S+)/m.exec(memory)?.[1];
  if (policy === undefined || policy === 'noeviction') return;
  throw new AlarmBackendUnfit(
    `Redis may evict keys (maxmemory-policy is ${policy}), and wake-ups would vanish. Set it: CONFIG SET maxmemory-policy noeviction, and the same in redis.conf`,
  );
}

function checkRoom(memory: string): void {
  const octets = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(memory)?.[1] ?? 0);
  const most = octets('maxmemory');
  if (most === 0 || octets('used_memory') < most) return;
  throw new AlarmBackendUnfit(
    'Redis is out of memory and refuses new jobs: raise maxmemory, or remove what else is in it',
  );
}

async function migrate(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await runMigrations(client);
    await client.query(PATIENCE);
    await keepJobsOutOfTheLog(client);
    await dropMisleadingIndex(client);
  } finally {
    await client.end();
  }
}

function redisOptions(redisUrl: string): object {
  return {
    url: redisUrl,
    maxRetriesPerRequest: null,
    enableReadyCheck: true,
    retryStrategy: (times: number) => Math.min(100 * times, 2_000),
  };
}

function postgresOptions(databaseUrl: string): object {
  // Jobs are an alarm clock, not the truth: their commits need not wait for the disk. And what was planned while there were
  // no jobs must not read all that ever were.
  const options = '-c synchronous_commit=off -c enable_seqscan=off -c enable_bitmapscan=off';
  return { connectionString: databaseUrl, max: 4, options, keepAlive: true };
}
