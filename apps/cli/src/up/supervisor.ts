import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Configuration } from '@postern/configuration';
import { Service } from './service.ts';
import { ServiceLog } from './service-log.ts';

/** Where each service is in the clone. */
const ENTRIES: Readonly<Record<Configuration['processes'][number], string>> = {
  submission: 'apps/submission/dist/main.js',
  delivery: 'apps/delivery/dist/main.js',
  api: 'apps/api/dist/main.js',
  console: 'apps/console/server.mjs',
};

/** The order to start in, and the reverse to stop in: nobody can submit before what carries the mail on is there. */
const ORDER = ['delivery', 'api', 'submission', 'console'] as const;

/** Runs the services that this machine is to run, and starts one again that ends by itself. */
export class Supervisor {
  readonly #services: Service[] = [];
  readonly #logs: ServiceLog[] = [];
  readonly #root: string;
  readonly #show: (line: string) => void;
  readonly #names: readonly Configuration['processes'][number][];
  readonly #dataDir: string;

  constructor(options: {
    readonly root: string;
    readonly configuration: Configuration;
    readonly databaseUrl: string;
    readonly show: (line: string) => void;
  }) {
    this.#root = options.root;
    this.#show = options.show;
    this.#dataDir = options.configuration.dataDir;
    this.#names = ORDER.filter((name) => options.configuration.processes.includes(name));
    for (const name of this.#names) this.#services.push(this.#service(name, options));
  }

  /** Resolves when every service is ready; rejects with ServiceFailed when one cannot be. */
  async start(): Promise<void> {
    await Promise.all(this.#services.map((service) => service.start()));
  }

  async stop(graceMs: number): Promise<void> {
    await Promise.all(this.#services.map((service) => service.stop(graceMs)));
    for (const log of this.#logs) log.close();
  }

  #service(
    name: Configuration['processes'][number],
    { configuration, databaseUrl }: { readonly configuration: Configuration; readonly databaseUrl: string },
  ): Service {
    const log = new ServiceLog({ name, dataDir: this.#dataDir, show: this.#show });
    this.#logs.push(log);
    return new Service({
      name,
      entry: join(this.#root, ENTRIES[name]),
      cwd: this.#root,
      env: environment(name, configuration, databaseUrl),
      log,
      onLost: (how) =>
        this.#show(
          `${name} ended (${how}); it is started again. Its log: ${join(this.#dataDir, 'log', `${name}.log`)}`,
        ),
    });
  }
}

/** Whether the clone is built: every service's file is there. */
export function isBuilt(root: string): boolean {
  return (
    existsSync(join(root, ENTRIES.submission)) &&
    existsSync(join(root, ENTRIES.delivery)) &&
    existsSync(join(root, ENTRIES.api))
  );
}

function environment(name: string, configuration: Configuration, databaseUrl: string): NodeJS.ProcessEnv {
  const { POSTERN_ADMIN_PASSWORD: _password, ...inherited } = process.env;
  const common: NodeJS.ProcessEnv = {
    ...inherited,
    DATABASE_URL: databaseUrl,
    POSTERN_DATA_DIR: configuration.dataDir,
    NODE_ENV: 'production',
    // The allocator keeps an arena for each thread, and what is freed in one is not reused in another.
    MALLOC_ARENA_MAX: '2',
  };
  if (name !== 'console') return common;
  // The console holds no truth and no secret: it knows where the API is, and nothing else.
  const rest = { ...common };
  for (const secret of ['DATABASE_URL', 'REDIS_URL', 'POSTERN_SECRET']) delete rest[secret];
  const [api] = configuration.listen.api;
  const [console] = configuration.listen.console;
  return {
    ...rest,
    ...(api ? { POSTERN_API_URL: `http://${reachable(api.address)}:${api.port}` } : {}),
    ...(console ? { POSTERN_LISTEN_CONSOLE: `${bracketed(console.address)}:${console.port}` } : {}),
  };
}

/** The address at which a listener of this machine is reached: a wildcard listens on loopback too. */
export function reachable(address: string): string {
  if (address === '0.0.0.0') return '127.0.0.1';
  return address === '::' ? '[::1]' : bracketed(address);
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
