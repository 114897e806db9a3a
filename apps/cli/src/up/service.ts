import { type ChildProcess, spawn } from 'node:child_process';
import type { ServiceLog } from './service-log.ts';

/**
 * Contents pass through in chunks that live for a moment: a small nursery is swept often, and keeps a hundred large
 * messages at once under 300 MiB.
 */
const LEAN = ['--max-semi-space-size=8'];

export interface ServiceOptions {
  readonly name: string;
  /** The file that Node runs. */
  readonly entry: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly log: ServiceLog;
  /** Told when the service ends by itself after it had been ready once. */
  readonly onLost: (how: string) => void;
}

/** A service ended before it was ready; the text holds the last that it said. */
export class ServiceFailed extends Error {
  override readonly name = 'ServiceFailed';
}

/**
 * One service as a process of its own. It tells that it is ready over its IPC channel, and ends by itself when that
 * channel closes, so nothing is left behind even when we are killed.
 */
export class Service {
  readonly #options: ServiceOptions;
  #child: ChildProcess | undefined;
  #stopping = false;
  #restarts = 0;
  #restartTimer: NodeJS.Timeout | undefined;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  /** Resolves when the service says that it is ready; rejects with ServiceFailed when it ends before. */
  start(): Promise<void> {
    const { name, entry, cwd, env, log } = this.#options;
    const child = spawn(process.execPath, [...LEAN, entry], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    });
    this.#child = child;
    log.follow(child.stdout);
    log.follow(child.stderr, 40);
    return new Promise((resolve, reject) => {
      let ready = false;
      child.on('message', (message) => {
        if (!isReady(message) || ready) return;
        ready = true;
        setTimeout(() => (this.#restarts = 0), 60_000).unref();
        resolve();
      });
      child.on('error', (error) => reject(new ServiceFailed(`${name} could not be started: ${error.message}`)));
      child.on('exit', (code, signal) => {
        this.#child = undefined;
        const how = signal === null ? `exit ${code}` : signal;
        if (!ready) return void lastWords(child).then(() => reject(tooEarly(name, how, log)));
        if (!this.#stopping) this.#lost(how);
      });
    });
  }

  /** Asks the service to end, and kills it when it has not within `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#restartTimer);
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await ended;
    clearTimeout(timer);
  }

  #lost(how: string): void {
    this.#options.onLost(how);
    const waitMs = Math.min(250 * 2 ** this.#restarts, 30_000);
    this.#restarts += 1;
    this.#restartTimer = setTimeout(() => {
      this.start().catch((error: unknown) => {
        if (!this.#stopping) this.#lost(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
      });
    }, waitMs);
  }
}

function tooEarly(name: string, how: string, log: ServiceLog): ServiceFailed {
  return new ServiceFailed(`${name} ended (${how}) before it was ready. The last it said:\n${log.tail()}`);
}

/** What it wrote last may arrive after its end. */
function lastWords(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('close', () => resolve());
    setTimeout(resolve, 500);
  });
}

function isReady(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'ready' in message && message.ready === true;
}
