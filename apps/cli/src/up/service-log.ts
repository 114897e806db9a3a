import { createWriteStream, mkdirSync, renameSync, statSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const LIMIT_OCTETS = 20 * 1024 * 1024;
const TAIL_LINES = 20;

/**
 * What a service says, in `log/NAME.log` of the data directory: at most two files of 20 MB each. Warnings and faults are
 * passed on to the terminal as one short line.
 */
export class ServiceLog {
  readonly #path: string;
  readonly #name: string;
  readonly #show: (line: string) => void;
  readonly #tail: string[] = [];
  #stream: WriteStream;
  #octets: number;

  constructor(options: { readonly name: string; readonly dataDir: string; readonly show: (line: string) => void }) {
    const folder = join(options.dataDir, 'log');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#name = options.name;
    this.#show = options.show;
    this.#path = join(folder, `${options.name}.log`);
    this.#octets = statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0;
    this.#stream = this.#open();
  }

  /** Takes what comes from a stream; `plainLevel` is how grave a line is that is no JSON (as on standard error). */
  follow(from: Readable | null, plainLevel = 0): void {
    if (!from) return;
    createInterface({ input: from, crlfDelay: Infinity }).on('line', (line) => this.#take(line, plainLevel));
  }

  /** The last lines, for the person who has to find out why a service ended. */
  tail(): string {
    return this.#tail.map((line) => `  ${summary(line)}`).join('\n');
  }

  close(): void {
    this.#stream.end();
  }

  #take(line: string, plainLevel: number): void {
    this.#tail.push(line);
    if (this.#tail.length > TAIL_LINES) this.#tail.shift();
    if (this.#octets > LIMIT_OCTETS) this.#rotate();
    this.#octets += Buffer.byteLength(line) + 1;
    this.#stream.write(`${line}\n`);
    if (levelOf(line, plainLevel) >= 40) this.#show(`${this.#name}: ${summary(line)}`);
  }

  #rotate(): void {
    this.#stream.end();
    renameSync(this.#path, `${this.#path}.1`);
    this.#octets = 0;
    this.#stream = this.#open();
  }

  #open(): WriteStream {
    const stream = createWriteStream(this.#path, { flags: 'a', mode: 0o600 });
    // A full disk must not end the supervisor: the log has a gap, the mail goes on.
    stream.on('error', () => undefined);
    return stream;
  }
}

/** The level of a log line, in pino's numbers: 40 warns, 50 is a fault. */
function levelOf(line: string, plainLevel: number): number {
  const level = parse(line)?.['level'];
  if (typeof level === 'number') return level;
  if (level === 'warn') return 40;
  if (level === 'error' || level === 'fatal') return 50;
  return level === undefined && line.trim() !== '' ? plainLevel : 0;
}

function summary(line: string): string {
  const facts = parse(line);
  if (!facts) return line.slice(0, 500);
  const err = facts['err'];
  const message = typeof err === 'object' && err !== null && 'message' in err ? `: ${String(err.message)}` : '';
  return `${String(facts['msg'] ?? '')}${message}`.slice(0, 500);
}

function parse(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
