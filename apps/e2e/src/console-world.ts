import { cliActor, ensureFirstAccount } from '@postern/administration';
import { testDatabase } from '@postern/database';
import { freePort, temporaryDirectory } from '@postern/lab';
import { createStore, type Store } from '@postern/prisma-store';
import { ServiceProcess } from './service-process.ts';

export const CONSOLE = 'apps/console/server.mjs';
const API = 'apps/api/dist/main.js';
const QUIET = { info: () => undefined, warn: () => undefined };

/** The console and the API on a database of the test's, with one account; mail is put into the store by the test. */
export interface ConsoleWorld extends AsyncDisposable {
  /** Where the console is: `http://127.0.0.1:…`. */
  readonly url: string;
  readonly account: { readonly email: string; readonly password: string };
  readonly store: Store;
  /** Ends the API as a crash would; `startApi` brings it back. */
  killApi(): Promise<void>;
  startApi(): Promise<void>;
}

/** With a `name` the console is reached by it instead of by its IP address; it must lead to loopback. */
export async function consoleWorld({ name }: { readonly name?: 'localhost' } = {}): Promise<ConsoleWorld> {
  const account = { email: 'ada@lab.example', password: 'a password for the lab, long enough' };
  const folder = await temporaryDirectory();
  const database = await testDatabase();
  const store = createStore({ databaseUrl: database.url, poolSize: 4, log: QUIET });
  await ensureFirstAccount({ store: store.admin, actor: cliActor('lab') }, account);
  const [apiPort, consolePort] = await Promise.all([freePort(), freePort()]);
  const url = `http://${name ?? '127.0.0.1'}:${consolePort}`;
  const api = () =>
    new ServiceProcess(API, {
      ...(name ? { POSTERN_CONSOLE_URL: url } : {}),
      DATABASE_URL: database.url,
      POSTERN_DATA_DIR: folder.path,
      POSTERN_SECRET: 'a secret of the lab, long enough for the rule',
      POSTERN_LISTEN_API: `127.0.0.1:${apiPort}`,
    });
  let running = await api().ready();
  const front = await new ServiceProcess(CONSOLE, {
    POSTERN_LISTEN_CONSOLE: `127.0.0.1:${consolePort}`,
    POSTERN_API_URL: `http://127.0.0.1:${apiPort}`,
  }).ready();
  return {
    url,
    account,
    store,
    killApi: () => running[Symbol.asyncDispose](),
    startApi: async () => void (running = await api().ready()),
    async [Symbol.asyncDispose]() {
      await front[Symbol.asyncDispose]();
      await running[Symbol.asyncDispose]();
      await store.close();
      await database.close();
      await folder.remove();
    },
  };
}
