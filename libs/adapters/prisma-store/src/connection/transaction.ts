import type { ClientBase, Pool, PoolClient } from 'pg';
import { MAX_TRIES } from './run.ts';
import { isCollision, storeFault } from './store-fault.ts';

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
      const collided = isCollision(cause instanceof Error && cause.cause ? cause.cause : cause);
      if (!collided || tries >= MAX_TRIES) throw cause;
    }
  }
}

async function attempt<T>(client: PoolClient, work: (client: ClientBase) => Promise<T>): Promise<T> {
  // A connection that is lost between two statements tells it by an event, which nobody else hears.
  let fault: Error | undefined;
  const onError = (error: Error) => (fault ??= error);
  client.on('error', onError);
  try {
    await client.query('begin').catch(refuse);
    const result = await work(client);
    await client.query('commit').catch(refuse);
    return result;
  } catch (cause) {
    await client.query('rollback').catch((error: Error) => (fault ??= error));
    throw cause;
  } finally {
    // A connection about which something is not known is closed, not given to the next.
    client.release(fault);
    client.off('error', onError);
  }
}

function refuse(cause: unknown): never {
  throw storeFault(cause);
}
