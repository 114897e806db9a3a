import type { Pool, PoolClient } from 'pg';
import { PLAN_ANEW, planAges } from './plan-age.ts';
import { storeFault } from './store-fault.ts';

/** A connection that is lent out. */
export interface Lent {
  readonly client: PoolClient;
  /** Something about it is not known any more: it is closed, not given to the next. */
  spoil(cause: unknown): void;
}

/**
 * Works on a connection of the pool, whose statements are planned anew when it is time. One that is lost meanwhile is not
 * given to the next. Rejects with what the work rejects with, and with StoreUnavailable when there is no connection.
 */
export async function withClient<T>(pool: Pool, work: (lent: Lent) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch(refuse);
  let fault: Error | undefined;
  const spoil = (cause: unknown) => {
    fault ??= cause instanceof Error ? cause : new Error('a query failed', { cause });
  };
  // A connection that is lost between two statements tells it by an event, which nobody else hears.
  client.on('error', spoil);
  try {
    await planAnew(client, spoil);
    return await work({ client, spoil });
  } finally {
    client.release(fault);
    client.off('error', spoil);
  }
}

/** By itself: in one request with `begin` it would be the first statement of the transaction. */
async function planAnew(client: PoolClient, spoil: Lent['spoil']): Promise<void> {
  if (!planAges.areOver(client)) return;
  try {
    await client.query(PLAN_ANEW);
  } catch (cause) {
    spoil(cause);
    refuse(cause);
  }
}

function refuse(cause: unknown): never {
  throw storeFault(cause);
}
