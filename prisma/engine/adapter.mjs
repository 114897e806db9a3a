import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum, DriverAdapterError } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { createShadowDatabase } from './shadow-database.mjs';

/**
 * `adapter-pg` as the schema engine needs it.
 *
 * - One session, in the schema of the connection string: the engine takes an advisory lock and names tables without
 *   their schema, and a pool would lose lock and search path.
 * - A script goes to the server whole. The server runs it as one transaction, so a migration that fails leaves
 *   nothing, and semicolons inside `$$ … $$` are the server's business. `adapter-pg` would split at each semicolon.
 * - The catalogue's `"char"` has a type, which `adapter-pg` does not know.
 *
 * @param {ReturnType<typeof import('./datasource.mjs').readDatasource>} at
 */
export function createAdapterFactory(at) {
  const sessions = new Set();
  const shadows = new Set();
  /** @type {{ script: string, error: any } | undefined} */
  let failedScript;

  async function connect(connection, whenDisposed) {
    const session = new SessionPool(connection, at.schema);
    sessions.add(session);
    const adapter = await new PrismaPg(session, { schema: at.schema, disposeExternalPool: true }).connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    const dispose = adapter.dispose.bind(adapter);
    return Object.assign(adapter, {
      async queryRaw(query) {
        const result = await queryRaw(query);
        for (const column of session.characterColumns(result.rows)) {
          result.columnTypes[column] = ColumnTypeEnum.Character;
        }
        return result;
      },
      async executeScript(script) {
        try {
          await session.query(script);
        } catch (error) {
          failedScript = { script, error };
          // A script may have opened a transaction of its own; what the engine records next must not fall into it.
          await session.query('ROLLBACK').catch(() => {});
          throw new DriverAdapterError(asPostgresError(error));
        }
      },
      async dispose() {
        sessions.delete(session);
        await dispose();
        await whenDisposed?.();
      },
    });
  }

  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => connect(at.connection),
    async connectToShadowDb() {
      const shadow = await createShadowDatabase(at);
      shadows.add(shadow);
      return connect(shadow.connection, async () => {
        await shadow.drop();
        shadows.delete(shadow);
      });
    },
    /** The script that the server refused last, and its error with the position. */
    failedScript: () => failedScript,
    dispose: () => Promise.allSettled([...sessions].map((session) => session.end())),
    /** Drops what an interrupted command would leave behind. */
    dropShadowDatabases: () => Promise.allSettled([...shadows].map((shadow) => shadow.drop())),
  };
}

// Types of PostgreSQL's catalogue, by OID (pg_type.dat).
const CHAR = 18;
const TEXT = 25;

/** A pool to `adapter-pg`, one connection to the server: `pg`'s own pool drops a connection whose query failed. */
class SessionPool extends pg.Pool {
  #schema;
  #client;
  #characterColumns = new WeakMap();

  constructor(connection, schema) {
    super(connection);
    this.#schema = schema;
  }

  async query(...parameters) {
    const client = await (this.#client ??= this.#checkOut());
    const result = await client.query(...parameters);
    const found = [];
    for (const [column, field] of (result.fields ?? []).entries()) {
      if (field.dataTypeID !== CHAR) continue;
      field.dataTypeID = TEXT;
      found.push(column);
    }
    if (found.length > 0) this.#characterColumns.set(result.rows, found);
    return result;
  }

  /** Which columns of these rows are `"char"`. */
  characterColumns(rows) {
    return this.#characterColumns.get(rows) ?? [];
  }

  async end() {
    await this.#client?.then(
      (client) => client.release(true),
      () => {},
    );
    this.#client = undefined;
    return super.end();
  }

  async #checkOut() {
    const client = await super.connect();
    // A connection that breaks while idle must not end the process: the next query says so.
    client.on('error', () => {});
    await client.query(`SET search_path = ${pg.escapeIdentifier(this.#schema)}`);
    return client;
  }
}

function asPostgresError(error) {
  const { code, message, severity, detail, column, hint } = error;
  return { kind: 'postgres', code: code ?? 'N/A', severity: severity ?? 'N/A', message, detail, column, hint };
}
