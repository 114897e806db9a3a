import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { createAdapterFactory } from './adapter.mjs';
import { canConnectToDatabase } from './database-commands.mjs';
import { readDatasource } from './datasource.mjs';
import { METHODS } from './methods.mjs';
import { loadSchemaEngine } from './wasm.mjs';

/**
 * One engine for one run of the CLI. The database is reached when the first method needs it: by then the CLI has
 * created a database that was missing.
 *
 * @param {{ datamodels?: [string, string][], datasource: { url?: string, shadowDatabaseUrl?: string } }} options
 */
export function createSession({ datamodels, datasource }) {
  /** @type {ReturnType<typeof open> | undefined} */
  let opened;

  return {
    /** Runs a method by the native engine's name. */
    async call(method, params, print) {
      const run = METHODS[method];
      if (!run) throw new Error(`the schema engine has no method ${method}`);
      const { engine, adapters } = await (opened ??= open({ datamodels, datasource }));
      return run({ engine, adapters, params, print });
    },
    /** Lets go of the connection; the advisory lock goes with it. */
    async close() {
      const { adapters } = (await opened?.catch(() => undefined)) ?? {};
      await adapters?.dispose();
    },
    /** For signals: waits for nothing that is running, and leaves no shadow database behind. */
    async abandon() {
      const { adapters } = (await opened?.catch(() => undefined)) ?? {};
      await adapters?.dropShadowDatabases();
    },
  };
}

async function open({ datamodels, datasource }) {
  // The engine would report a refused connection without saying where or why.
  await canConnectToDatabase(datasource);
  const adapters = createAdapterFactory(readDatasource(datasource));
  const SchemaEngine = await loadSchemaEngine();
  const engine = await SchemaEngine.new(
    { datamodels },
    (line) => process.stderr.write(line),
    bindMigrationAwareSqlAdapterFactory(adapters),
  );
  return { engine, adapters };
}
