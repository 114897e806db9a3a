import { migrationError } from './migration-error.mjs';

/**
 * The methods that the CLI calls, by the native engine's names. Unless said otherwise the WebAssembly engine has the
 * method under the same name.
 *
 * @typedef {{ engine: any, adapters: any, params: any, print: (text: string) => void }} Call
 * @type {Readonly<Record<string, (call: Call) => Promise<unknown>>>}
 */
export const METHODS = Object.freeze({
  dbExecute: forward('dbExecute'),
  devDiagnostic: forward('devDiagnostic'),
  debugPanic: forward('debugPanic'),
  diagnoseMigrationHistory: forward('diagnoseMigrationHistory'),
  ensureConnectionValidity: forward('ensureConnectionValidity'),
  introspect: forward('introspect'),
  introspectSql: forward('introspectSql'),
  markMigrationApplied: forward('markMigrationApplied'),
  markMigrationRolledBack: forward('markMigrationRolledBack'),
  reset: forward('reset'),
  schemaPush: forward('schemaPush'),
  getDatabaseVersion: forward('version'),
  evaluateDataLoss: diagnosed('evaluateDataLoss'),
  createMigration: diagnosed('createMigration'),
  applyMigrations,
  diff,
});

function forward(name) {
  return ({ engine, params }) => engine[name](params);
}

// These two know the migrations only as a diagnosis in the same engine replayed them in a shadow database.
function diagnosed(name) {
  return async ({ engine, params }) => {
    const { migrationsList, filters } = params;
    await engine.devDiagnostic({ migrationsList, filters });
    return engine[name](params);
  };
}

async function applyMigrations({ engine, adapters, params }) {
  try {
    return await engine.applyMigrations(params);
  } catch (error) {
    throw migrationError(params.migrationsList, adapters.failedScript()) ?? error;
  }
}

// The native engine asks the CLI to print; the other answers with the text.
async function diff({ engine, params, print }) {
  const { stdout, ...result } = await engine.diff(params);
  // The CLI ends what it prints with a newline of its own.
  if (stdout) print(stdout.replace(/\n$/, ''));
  return { ...result, stdout: null };
}
