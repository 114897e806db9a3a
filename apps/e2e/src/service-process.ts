import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const ROOT = join(import.meta.dirname, '../../..');

export interface ServiceEnd {
  readonly code: number | null;
  readonly said: string;
}

/** One service of the product as a process of its own. */
export class ServiceProcess implements AsyncDisposable {
  /** How the process ended, once it has. */
  readonly ended: Promise<ServiceEnd>;
  readonly #child: ChildProcess;
  readonly #script: string;

  /** Starts it, whatever becomes of it. */
  constructor(script: string, env: Readonly<Record<string, string>>) {
    const { VITEST: _vitest, NODE_ENV: _environment, POSTERN_TEST_DATABASE_URL: _admin, ...inherited } = process.env;
    this.#script = script;
    this.#child = spawn(process.execPath, [join(ROOT, script)], {
      cwd: ROOT,
      env: { ...inherited, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.ended = endOf(this.#child);
  }

  /** Waits until it says that it is ready. */
  async ready(): Promise<this> {
    await new Promise<void>((resolve, reject) => {
      this.#child.once('message', () => resolve());
      void this.ended.then(({ code, said }) =>
        reject(new Error(`${this.#script} ended (${code}) before it was ready:\n${said}`)),
      );
    });
    return this;
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** What happens when the process that started it is gone. */
  disconnect(): void {
    this.#child.disconnect();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }
}

/** Waits for the process and for its last words; a child that was disconnected from tells no `close`. */
async function endOf(child: ChildProcess): Promise<ServiceEnd> {
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const words = await Promise.all([child.stdout, child.stderr].map((stream) => (stream ? text(stream) : '')));
  return { code: await exit, said: words.join('') };
}
