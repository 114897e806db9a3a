import type { Configuration } from '@postern/configuration';
import { locateEmbeddedPostgres } from '@postern/embedded-postgres';
import { CommandFailed } from '../exit.ts';

/** The URL of the database that this machine's Postern uses: the one configured, or the embedded one when it runs. */
export async function findDatabase(configuration: Configuration): Promise<string> {
  if (configuration.databaseUrl !== undefined) return configuration.databaseUrl;
  const url = await locateEmbeddedPostgres(configuration.dataDir);
  if (url !== undefined) return url;
  throw new CommandFailed(
    `No database runs in ${configuration.dataDir}. Start Postern with npm start, or set DATABASE_URL (or POSTERN_DATA_DIR) to where it is.`,
  );
}
