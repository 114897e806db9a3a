import { ADMIN_URL_VARIABLE } from './admin-url.ts';
import { sweepAbandoned } from './sweep.ts';
import { startTestServer } from './test-server.ts';

/** What vitest gives to a global setup, as far as we use it. */
export interface Provider {
  provide(key: 'posternTestDatabaseUrl', value: string): void;
}

/**
 * Vitest's global setup: one server for the whole run.
 *
 * When the variable is set already (a server of the person's own, or another project of the same run), that one is used.
 */
export default async function globalSetup({ provide }: Provider): Promise<(() => Promise<void>) | undefined> {
  const given = process.env[ADMIN_URL_VARIABLE];
  if (given) {
    provide('posternTestDatabaseUrl', given);
    return undefined;
  }
  await sweepAbandoned();
  const server = await startTestServer();
  process.env[ADMIN_URL_VARIABLE] = server.url;
  provide('posternTestDatabaseUrl', server.url);
  // At Ctrl-C vitest exits without a teardown; the folder goes with the next run.
  const abandon = () => void process.kill(server.pid, 'SIGINT');
  process.once('exit', abandon);
  return async () => {
    process.off('exit', abandon);
    delete process.env[ADMIN_URL_VARIABLE];
    await server.close();
  };
}
