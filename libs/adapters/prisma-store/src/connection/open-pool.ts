import pg from 'pg';
import { readBinaryRows } from './binary-rows.ts';
import { JointPool } from './joint-pool.ts';
import type { StoreLog } from './log.ts';
import { oneAtATime } from './one-at-a-time.ts';

export interface PoolSettings {
  readonly databaseUrl: string;
  readonly poolSize: number;
  readonly log: StoreLog;
}

const STATEMENT_TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Who chooses how a statement is run.
 *
 * `fixed`: index scans and nested loops, whatever the planner believes. Statements of the hot path are planned once and
 * used for hours, and a plan made while a table was empty, or when its statistics were old, must not read the whole of
 * it later (docs/adr/0014). `free`: the planner, for what operators ask, which is planned each time.
 */
export type Plans = 'fixed' | 'free';

/** What every session is set to, in one round trip. */
const SESSION = `
  select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') in ('off', 'local');
  set statement_timeout = ${STATEMENT_TIMEOUT_MS};
  set lock_timeout = ${STATEMENT_TIMEOUT_MS / 3};
  set idle_in_transaction_session_timeout = ${STATEMENT_TIMEOUT_MS};
  set jit = off;`;

const FIXED_PLANS = `
  set plan_cache_mode = force_generic_plan;
  set enable_seqscan = off;
  set enable_bitmapscan = off;
  set enable_hashjoin = off;
  set enable_mergejoin = off;`;

/** A pool. Its connections are made when they are needed, and made again after the database was away. */
export function openPool(settings: PoolSettings, plans: Plans): pg.Pool {
  return watched(new pg.Pool(configOf(settings, plans)), settings.log);
}

/** A pool for what operators ask, with libraries that keep tables of their own beside ours. */
export function openJointPool(settings: PoolSettings): JointPool {
  return watched(new JointPool(configOf(settings, 'free')), settings.log);
}

function configOf({ databaseUrl, poolSize }: PoolSettings, plans: Plans): pg.PoolConfig {
  return {
    connectionString: databaseUrl,
    application_name: 'postern',
    max: poolSize,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: 30_000,
    // A host that is gone without a word: the server's own limit cannot reach us then.
    query_timeout: STATEMENT_TIMEOUT_MS + 5_000,
    keepAlive: true,
    Client: plans === 'free' ? TurnTakingClient : BinaryClient,
    onConnect: (client) => prepare(client, plans),
  };
}

function watched<Opened extends pg.Pool>(pool: Opened, log: StoreLog): Opened {
  // A connection that breaks while it is idle is replaced when it is needed.
  pool.on('error', ({ message }) => {
    if (!pool.ending) log.warn({ reason: message }, 'database connection lost');
  });
  return pool;
}

class BinaryClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    readBinaryRows(this);
  }
}

class TurnTakingClient extends BinaryClient {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    oneAtATime(this);
  }
}

/** Sets a new session up; a session that cannot be set up is not used. */
export async function prepare(client: pg.ClientBase, plans: Plans): Promise<void> {
  await client.query(plans === 'fixed' ? SESSION + FIXED_PLANS : SESSION);
}
