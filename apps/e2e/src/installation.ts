import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, temporaryDirectory, waitFor } from '@postern/lab';

const ROOT = join(import.meta.dirname, '../../..');

/** How Postern is started: as a person does, as `npm start` does, and as a service manager does. */
const COMMANDS = {
  npm: ['npm', 'start'],
  script: [process.execPath, 'scripts/start.mjs'],
  up: [process.execPath, 'apps/cli/dist/main.js', 'up'],
} as const;

export type StartCommand = keyof typeof COMMANDS;

/** A process of the installation, as the system shows it. */
export interface SeenProcess {
  readonly pid: number;
  readonly command: string;
}

/** One data directory and one set of ports, on which Postern is started, ended and killed. */
export class Installation implements AsyncDisposable {
  readonly dataDir: string;
  readonly ports: { readonly submission: number; readonly api: number; readonly console: number };
  readonly #env: NodeJS.ProcessEnv;
  readonly #remove: () => Promise<void>;

  private constructor(
    folder: { readonly path: string; remove(): Promise<void> },
    [submission = 0, submissions = 0, relay = 0, api = 0, console = 0]: readonly number[],
    env: Readonly<Record<string, string>>,
  ) {
    this.dataDir = env['POSTERN_DATA_DIR'] ?? join(folder.path, 'data');
    this.ports = { submission, api, console };
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^(POSTERN_|VITEST|DATABASE_URL|REDIS_URL|NODE_ENV|npm_)/.test(name),
    );
    this.#env = {
      ...Object.fromEntries(inherited),
      POSTERN_DATA_DIR: this.dataDir,
      POSTERN_LISTEN_SUBMISSION: `127.0.0.1:${submission}`,
      POSTERN_LISTEN_SUBMISSIONS: `127.0.0.1:${submissions}`,
      POSTERN_LISTEN_RELAY: `127.0.0.1:${relay}`,
      POSTERN_LISTEN_API: `127.0.0.1:${api}`,
      POSTERN_LISTEN_CONSOLE: `127.0.0.1:${console}`,
      POSTERN_HOSTNAME: 'gateway.lab.example',
      ...env,
    };
    this.#remove = () => folder.remove();
  }

  static async make(env: Readonly<Record<string, string>> = {}): Promise<Installation> {
    const ports = await Promise.all(Array.from({ length: 5 }, () => freePort()));
    return new Installation(await temporaryDirectory('installation'), ports, env);
  }

  /** Starts it in a process group of its own, as a shell at a terminal does. */
  start(command: StartCommand = 'up', env: Readonly<Record<string, string>> = {}): Started {
    const [program, ...parameters] = COMMANDS[command];
    return new Started(
      spawn(program, parameters, {
        cwd: ROOT,
        env: { ...this.#env, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      }),
    );
  }

  /** Every process that lives and belongs to this data directory, by its environment, its words or where it works. */
  processes(): readonly SeenProcess[] {
    return readdirSync('/proc').flatMap((entry) => {
      if (!/^\d+$/.test(entry) || Number(entry) === process.pid) return [];
      const command = read(`/proc/${entry}/cmdline`).replaceAll('\0', ' ').trim();
      const facts = [command, read(`/proc/${entry}/environ`), link(`/proc/${entry}/cwd`)];
      return command !== '' && facts.some((fact) => fact.includes(this.dataDir))
        ? [{ pid: Number(entry), command }]
        : [];
    });
  }

  /** Waits for a process of the installation whose command line contains the words. */
  seen(words: string): Promise<SeenProcess> {
    return waitFor(() => this.processes().find(({ command }) => command.includes(words)), {
      what: `a process with ${words}`,
      timeoutMs: 60_000,
      everyMs: 15,
    });
  }

  /** Waits until nothing is left. */
  async nothingLeft(timeoutMs = 10_000): Promise<void> {
    await waitFor(() => this.processes().length === 0, { what: 'every process to be gone', timeoutMs }).catch(() => {
      throw new Error(`Still there: ${JSON.stringify(this.processes(), null, 1)}`);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { pid } of this.processes()) kill(pid, 'SIGKILL');
    await waitFor(() => this.processes().length === 0, { what: 'every process to be gone' });
    await this.#remove();
  }
}

/** One start: what it says, and how it ends. */
export class Started {
  readonly pid: number;
  /** Resolves with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  #said = '';

  constructor(child: ChildProcess) {
    this.pid = child.pid ?? 0;
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#said += text));
    this.ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal ?? 0)));
  }

  get said(): string {
    return this.#said;
  }

  async ready(): Promise<this> {
    const early = this.ended.then((end) => {
      throw new Error(`It ended (${end}) before it was ready:\n${this.#said.slice(-3_000)}`);
    });
    const ready = waitFor(() => /^postern ready$/m.test(this.#said) && this.#said.includes('Logs are in'), {
      what: 'the line postern ready',
      timeoutMs: 60_000,
    });
    await Promise.race([ready, early]);
    return this;
  }

  signal(name: NodeJS.Signals): void {
    kill(this.pid, name);
  }

  /** What the terminal does at Ctrl-C. */
  interrupt(): void {
    kill(-this.pid, 'SIGINT');
  }
}

/** Sends a signal; a process that has ended meanwhile is no fault. */
function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
