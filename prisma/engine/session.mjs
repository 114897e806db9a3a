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
  /** @type {ReturnType<typeof createAdapterFactory> | undefined} */
  let adapters;
  /** @type {ReturnType<typeof bindMigrationAwareSqlAdapterFactory> | undefined} */
  let bound;
  /** @type {Promise<any> | undefined} */
  let opened;

  async function open() {
    // The engine would report a refused connection without saying where or why.
    await canConnectToDatabase(datasource);
    adapters = createAdapterFactory(readDatasource(datasource));
    const SchemaEngine = await loadSchemaEngine();
    const writeLog = (line) => process.stderr.write(line);
    bound = bindMigrationAwareSqlAdapterFactory(adapters);
    return SchemaEngine.new({ datamodels }, writeLog, bound);
  }

  return {
    /** Runs a method by the native engine's name. */
    async call(method, params, print) {
      const run = METHODS[method];
      if (!run) throw new Error(`the schema engine has no method ${method}`);
      try {
        const engine = await (opened ??= open());
        return await run({ engine, adapters, params, print });
      } catch (error) {
        throw outsideError(bound, error) ?? error;
      }
    },
    /** Lets go of the connection; the advisory lock goes with it. */
    close: async () => adapters?.dispose(),
    /** For signals and panics: waits for nothing that is running, and leaves no shadow database behind. */
    abandon: async () => adapters?.dropShadowDatabases(),
  };
}

// What failed in JavaScript comes back from the engine as a number; the error itself waits in a registry.
function outsideError(bound, error) {
  const [, id] = /External error id#(\d+)/.exec(error.message) ?? [];
  return id === undefined ? undefined : bound?.errorRegistry.consumeError(Number(id))?.error;
}
