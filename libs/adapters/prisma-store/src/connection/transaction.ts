import type { ClientBase, Pool } from 'pg';
import { mayTryAgain } from './run.ts';
import { isOutdated, storeFault } from './store-fault.ts';
import { type Lent, withClient } from './with-client.ts';

/**
 * Runs work in one transaction: committed when it resolves, undone when it rejects. Work that collides with another
 * transaction is done again from the start.
 *
 * When the answer to COMMIT is lost it rejects with StoreUnavailable, and the work may be done all the same.
 */
export async function transaction<T>(pool: Pool, work: (client: ClientBase) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await withClient(pool, (lent) => attempt(lent, work));
    } catch (cause) {
      if (!mayTryAgain(originOf(cause), tries, pool)) throw cause;
    }
  }
}

async function attempt<T>({ client, spoil }: Lent, work: (client: ClientBase) => Promise<T>): Promise<T> {
  try {
    await client.query('begin').catch(refuse);
    const result = await work(client);
    const { command } = await client.query('commit').catch(refuse);
    // A statement failed and the work went on all the same: nothing of it was kept.
    if (command !== 'COMMIT') throw new Error('the transaction was undone: one of its statements had failed');
    return result;
  } catch (cause) {
    await client.query('rollback').catch(spoil);
    if (isOutdated(originOf(cause))) spoil(new Error('prepared before a migration'));
    throw cause;
  }
}

/** What the server said, behind what we made of it. */
function originOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? error.cause : error;
}

function refuse(cause: unknown): never {
  throw storeFault(cause);
}
