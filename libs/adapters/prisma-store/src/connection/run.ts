import type { ClientBase, Pool } from 'pg';
import { decoderOf } from './decode.ts';
import { isCollision, isOutdated, storeFault } from './store-fault.ts';
import { withClient } from './with-client.ts';

/** A statement that is prepared once on each connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

export type Value = string | number | Buffer | Date | undefined;

/** How often what collides with another transaction is tried. */
const MAX_TRIES = 4;

/** Whether a statement or transaction that was undone is to be tried again, after so many tries. */
export function mayTryAgain(cause: unknown, tries: number, pool: Pool): boolean {
  if (isCollision(cause)) return tries < MAX_TRIES;
  // Every connection of the pool may hold an outdated statement.
  return isOutdated(cause) && tries <= pool.options.max;
}

/**
 * Runs a statement in a transaction of its own; answers its rows, each an array of its columns.
 * Rejects with StoreUnavailable when the database is away; what then became of the statement is not known.
 */
export async function run<Row extends readonly unknown[]>(
  pool: Pool,
  statement: Statement,
  values: readonly Value[],
): Promise<readonly Row[]> {
  for (let tries = 1; ; tries += 1) {
    try {
      return rowsOf<Row>(await ask(pool, statement, values));
    } catch (cause) {
      // Nothing happened yet, and the connection is closed.
      if (mayTryAgain(cause, tries, pool)) continue;
      throw storeFault(cause);
    }
  }
}

/** Asks on a connection of the pool; after an error it is closed, not given to the next. */
function ask(pool: Pool, statement: Statement, values: readonly Value[]) {
  return withClient(pool, async ({ client, spoil }) => {
    try {
      return await client.query(query(statement, values));
    } catch (cause) {
      spoil(cause);
      throw cause;
    }
  });
}

/** Runs a statement inside a transaction. */
export async function runIn<Row extends readonly unknown[]>(
  client: ClientBase,
  statement: Statement,
  values: readonly Value[],
): Promise<readonly Row[]> {
  try {
    return rowsOf<Row>(await client.query(query(statement, values)));
  } catch (cause) {
    throw storeFault(cause);
  }
}

function query({ name, text }: Statement, values: readonly Value[]) {
  return { name, text, values: [...values], rowMode: 'array' as const, binary: true, types: BINARY };
}

const BINARY = { getTypeParser: decoderOf };

/** Columns are what the statement says; the statement and the type of its rows stand side by side. */
function rowsOf<Row>(result: { readonly rows: readonly unknown[][] }): readonly Row[] {
  return result.rows as unknown as readonly Row[];
}
