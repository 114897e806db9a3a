import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import { jointClient } from './joint-client.ts';
import { transaction } from './transaction.ts';

/** One transaction, and whether it is still under way. */
interface Joint {
  readonly client: pg.PoolClient;
  ended: boolean;
}

type Connected = (error: Error | undefined, client: pg.PoolClient | undefined, done: () => void) => void;

/**
 * A pool that libraries share which know nothing of each other: what they ask within `together` happens in one transaction,
 * and a transaction that one of them opens there is a part of it (a savepoint).
 */
export class JointPool extends pg.Pool {
  readonly #joint = new AsyncLocalStorage<Joint>();

  /**
   * Runs work in one transaction: all that is asked of this pool in it is committed when it resolves, and undone when it
   * rejects. What is asked after its end goes its own way. Rejects as `transaction` does.
   */
  together<T>(work: () => Promise<T>): Promise<T> {
    return transaction(this, async (client) => {
      const joint = { client: jointClient(client), ended: false };
      try {
        return await this.#joint.run(joint, work);
      } finally {
        joint.ended = true;
      }
    });
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | void {
    const joint = this.#joint.getStore();
    if (!joint || joint.ended) return callback ? super.connect(callback) : super.connect();
    if (!callback) return Promise.resolve(joint.client);
    callback(undefined, joint.client, () => undefined);
  }
}
