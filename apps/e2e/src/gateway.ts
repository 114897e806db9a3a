import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { freePort, temporaryDirectory, waitFor, type ZoneServer } from '@postern/lab';

const ROOT = join(import.meta.dirname, '../../..');
const SERVICES = {
  submission: 'apps/submission/dist/main.js',
  delivery: 'apps/delivery/dist/main.js',
  api: 'apps/api/dist/main.js',
} as const;

export type ServiceName = keyof typeof SERVICES;

export interface GatewayOptions {
  readonly databaseUrl: string;
  readonly redisUrl?: string;
  readonly zone: ZoneServer;
  /** The port of the lab's mail hosts. */
  readonly deliveryPort: number;
  readonly services?: readonly ServiceName[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Ports {
  readonly submission: number;
  readonly submissions: number;
  readonly relay: number;
  readonly api: number;
}

/** The product's own services as processes of their own, on a database and a loopback internet of the test's. */
export class Gateway implements AsyncDisposable {
  readonly ports: Ports;
  readonly #env: NodeJS.ProcessEnv;
  readonly #running = new Map<string, ChildProcess>();
  #said = '';

  private constructor(ports: Ports, env: NodeJS.ProcessEnv) {
    this.ports = ports;
    this.#env = env;
  }

  static async start(options: GatewayOptions): Promise<Gateway> {
    const folder = await temporaryDirectory();
    const [submission, submissions, relay, api] = await Promise.all(Array.from({ length: 4 }, () => freePort()));
    const ports = { submission, submissions, relay, api } as Ports;
    const { POSTERN_TEST_DATABASE_URL: _admin, VITEST: _vitest, ...inherited } = process.env;
    const gateway = new Gateway(ports, {
      ...inherited,
      NODE_ENV: 'production',
      MALLOC_ARENA_MAX: '2',
      DATABASE_URL: options.databaseUrl,
      ...(options.redisUrl ? { REDIS_URL: options.redisUrl } : {}),
      POSTERN_DATA_DIR: folder.path,
      POSTERN_HOSTNAME: 'gateway.lab.example',
      POSTERN_SECRET: 'a secret of the lab, long enough for the rule',
      POSTERN_LISTEN_SUBMISSION: `127.0.0.1:${submission}`,
      POSTERN_LISTEN_SUBMISSIONS: `127.0.0.1:${submissions}`,
      POSTERN_LISTEN_RELAY: `127.0.0.1:${relay}`,
      POSTERN_LISTEN_API: `127.0.0.1:${api}`,
      POSTERN_LISTEN_CONSOLE: 'off',
      POSTERN_DNS_SERVERS: `${options.zone.address}:${options.zone.port}`,
      POSTERN_DELIVERY_PORT: String(options.deliveryPort),
      POSTERN_ALLOW_SPECIAL_ADDRESSES: '127.0.0.0/8',
      ...options.env,
    });
    gateway.#cleanUp = () => folder.remove();
    await gateway.cli(['migrate']);
    await Promise.all((options.services ?? ['submission', 'delivery']).map((name) => gateway.run(name)));
    return gateway;
  }

  #cleanUp: () => Promise<void> | void = () => undefined;

  /**
   * Starts a service (another one of it, when `as` gives it a name, with an environment changed by `env`); resolves when it
   * says that it is ready.
   */
  run(service: ServiceName, as: string = service, env: Readonly<Record<string, string>> = {}): Promise<void> {
    const child = spawn(process.execPath, ['--max-semi-space-size=8', join(ROOT, SERVICES[service])], {
      cwd: ROOT,
      env: { ...this.#env, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#running.set(as, child);
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#said = (this.#said + text).slice(-1_000_000)));
    return new Promise((resolve, reject) => {
      child.once('message', () => resolve());
      child.once('exit', (code, signal) =>
        reject(new Error(`${as} ended (${signal ?? code}) before it was ready:\n${this.#said.slice(-3_000)}`)),
      );
    });
  }

  /** Sends a signal to a service and waits until it is gone. */
  async kill(name: string, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#running.get(name);
    if (!child) throw new Error(`${name} does not run`);
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    await gone;
    this.#running.delete(name);
  }

  /** What the services have logged, the last megabyte of it. */
  get log(): string {
    return this.#said;
  }

  pid(name: string): number {
    return this.#running.get(name)?.pid ?? 0;
  }

  /** Runs a verb of the `postern` command; rejects with its words unless it exits 0. */
  async cli(parameters: readonly string[], input?: string): Promise<string> {
    const end = await this.tryCli(parameters, input);
    if (end.code !== 0)
      throw new Error(`postern ${parameters.join(' ')} exited ${end.code}: ${end.stderr}${end.stdout}`);
    return end.stdout;
  }

  tryCli(
    parameters: readonly string[],
    input?: string,
  ): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
    return new Promise((resolve) => {
      const child = execFile(
        process.execPath,
        [join(ROOT, 'apps/cli/dist/main.js'), ...parameters],
        { cwd: ROOT, env: this.#env },
        (error, stdout, stderr) =>
          resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 255, stdout, stderr }),
      );
      child.stdin?.end(input);
    });
  }

  async json<T>(parameters: readonly string[]): Promise<T> {
    return JSON.parse(await this.cli([...parameters, '--json'])) as T;
  }

  /** A new credential. */
  async credential(
    name = 'app1',
    senders: readonly string[] = ['@lab.example'],
    more: readonly string[] = [],
  ): Promise<{ readonly user: string; readonly password: string }> {
    const made = await this.json<{ credential: { name: string }; secret: string }>([
      'credential',
      'create',
      '--name',
      name,
      ...senders.flatMap((each) => ['--sender', each]),
      ...more,
    ]);
    return { user: made.credential.name, password: made.secret };
  }

  ledger(): Promise<Ledger> {
    return this.json<Ledger>(['ledger']);
  }

  /** Waits until nothing is under way any more; answers the ledger then. */
  async settled(timeoutMs = 60_000): Promise<Ledger> {
    let ledger = await this.ledger();
    await waitFor(
      async () => {
        ledger = await this.ledger();
        return ledger.queued + ledger.sending === 0;
      },
      { timeoutMs, what: 'nothing to be queued or sending' },
    );
    return ledger;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#running.keys()].map((name) => this.kill(name, 'SIGTERM')));
    await this.#cleanUp();
  }
}

export interface Ledger {
  readonly accepted: number;
  readonly queued: number;
  readonly sending: number;
  readonly deferred: number;
  readonly held: number;
  readonly delivered: number;
  readonly bounced: number;
  readonly expired: number;
  readonly suppressed: number;
  readonly cancelled: number;
}
