import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { type Tool, toolPath } from './tool.ts';

/** A peer's process, started by the lab. It never outlives the process that started it. */
export interface Child {
  readonly pid: number;
  /** What it has written to stdout and stderr, the last 64 KiB of it. */
  output(): string;
  /** Resolves with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  running(): boolean;
  kill(signal: NodeJS.Signals): void;
  /** Asks it to end, and after `graceMs` makes it end. */
  stop(graceMs?: number): Promise<void>;
}

export interface ChildOptions {
  readonly tool: Tool;
  readonly parameters: readonly string[];
  readonly input?: string | Buffer;
  readonly directory?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

const alive = new Set<ChildProcess>();
process.on('exit', () => {
  for (const each of alive) each.kill('SIGKILL');
});

/** Starts a peer; it throws MissingTool when Debian's package is not installed. */
export function startChild(options: ChildOptions): Child {
  const child = spawn(toolPath(options.tool), options.parameters, {
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(options.directory === undefined ? {} : { cwd: options.directory }),
    env: { ...process.env, LC_ALL: 'C', ...options.environment },
  });
  alive.add(child);
  let output = '';
  const keep = (octets: Buffer): void => {
    output = (output + octets.toString('latin1')).slice(-65_536);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input);

  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('error', (error) => {
      keep(Buffer.from(String(error)));
      resolve(127);
    });
    child.once('close', (code, signal) => {
      alive.delete(child);
      resolve(code ?? signal ?? 0);
    });
  });
  const running = (): boolean => child.exitCode === null && child.signalCode === null && child.pid !== undefined;

  return {
    pid: child.pid ?? -1,
    output: () => output,
    ended,
    running,
    kill: (signal) => void child.kill(signal),
    async stop(graceMs = 3_000) {
      if (!running()) return;
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      child.kill('SIGTERM');
      if (running()) await once(child, 'close');
      clearTimeout(timer);
    },
  };
}

/** Runs a peer to its end and answers what it wrote; an exit code other than 0 is an error unless `mayFail`. */
export async function runChild(
  options: ChildOptions & { readonly mayFail?: true },
): Promise<{ readonly code: number | NodeJS.Signals; readonly output: string }> {
  const child = startChild(options);
  const code = await child.ended;
  if (code !== 0 && !options.mayFail) {
    throw new Error(`${options.tool} ${options.parameters.join(' ')} ended with ${code}:\n${child.output()}`);
  }
  return { code, output: child.output() };
}
