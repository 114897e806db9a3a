import type { ClientBase, Pool, PoolClient } from 'pg';
import { PLAN_ANEW, planAges } from './plan-age.ts';
import { mayTryAgain } from './run.ts';
import { isOutdated, storeFault } from './store-fault.ts';

/**
 * Runs work in one transaction: committed when it resolves, undone when it rejects. Work that collides with another
 * transaction is done again from the start.
 *
 * When the answer to COMMIT is lost it rejects with StoreUnavailable, and the work may be done all the same.
 */
export async function transaction<T>(pool: Pool, work: (client: ClientBase) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const client = await pool.connect().catch(refuse);
    try {
      return await attempt(client, work);
    } catch (cause) {
      if (!mayTryAgain(originOf(cause), tries, pool)) throw cause;
    }
  }
}

async function attempt<T>(client: PoolClient, work: (client: ClientBase) => Promise<T>): Promise<T> {
  // A connection that is lost between two statements tells it by an event, which nobody else hears.
  let fault: Error | undefined;
  const onError = (error: Error) => (fault ??= error);
  client.on('error', onError);
  try {
    // By itself: in one request with `begin` it would be the first statement of the transaction.
    if (planAges.areOver(client)) await client.query(PLAN_ANEW).catch(refuse);
    await client.query('begin').catch(refuse);
    const result = await work(client);
    await client.query('commit').catch(refuse);
    return result;
  } catch (cause) {
    await client.query('rollback').catch((error: Error) => (fault ??= error));
    if (isOutdated(originOf(cause))) fault ??= new Error('prepared before a migration');
    throw cause;
  } finally {
    // A connection about which something is not known is closed, not given to the next.
    client.release(fault);
    client.off('error', onError);
  }
}

/** What the server said, behind what we made of it. */
function originOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? error.cause : error;
}

function refuse(cause: unknown): never {
  throw storeFault(cause);
}
