import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { freePort } from '@postern/lab';

const ROOT = join(import.meta.dirname, '../../..');
const SERVER = join(ROOT, 'apps/console/server.mjs');

export interface ConsoleEnd {
  readonly code: number | null;
  readonly said: string;
}

/** The built console as a process of its own, in front of an API. */
export class ConsoleProcess implements AsyncDisposable {
  readonly url: string;
  /** How the process ended, once it has. */
  readonly ended: Promise<ConsoleEnd>;
  readonly #child: ChildProcess;

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.#child = child;
    this.ended = endOf(child);
  }

  /** Starts it; resolves when it says that it is ready. */
  static async start(options: { readonly apiUrl: string; readonly listen?: string }): Promise<ConsoleProcess> {
    const started = await ConsoleProcess.spawned(options);
    await new Promise<void>((resolve, reject) => {
      started.#child.once('message', () => resolve());
      void started.ended.then(({ code, said }) =>
        reject(new Error(`the console ended (${code}) before it was ready:\n${said}`)),
      );
    });
    return started;
  }

  /** Starts it, whatever becomes of it. */
  static async spawned(options: { readonly apiUrl: string; readonly listen?: string }): Promise<ConsoleProcess> {
    const listen = options.listen ?? `127.0.0.1:${await freePort()}`;
    const { VITEST: _vitest, NODE_ENV: _environment, ...inherited } = process.env;
    const child = spawn(process.execPath, [SERVER], {
      env: { ...inherited, POSTERN_LISTEN_CONSOLE: listen, POSTERN_API_URL: options.apiUrl },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    return new ConsoleProcess(`http://${listen}`, child);
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
async function endOf(child: ChildProcess): Promise<ConsoleEnd> {
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const words = await Promise.all([child.stdout, child.stderr].map((stream) => (stream ? text(stream) : '')));
  return { code: await exit, said: words.join('') };
}
