import { createWriteStream, mkdirSync, renameSync, statSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

const LIMIT_OCTETS = 20 * 1024 * 1024;
const TAIL_LINES = 20;
const TAIL_OCTETS = 16 * 1024;
/** A line without an end is passed on in parts. */
const LONGEST_LINE_OCTETS = 1024 * 1024;
const LF = 0x0a;
const NOTHING: Buffer = Buffer.alloc(0);

/** What a line has in it that warns or tells of a fault; a line that has it may still be another one. */
const GRAVE = /"level":(?:"warn"|"error"|"fatal"|[4-6]0)/;

/**
 * What a service says, in `log/NAME.log` of the data directory: at most two files of 20 MB each. Warnings and faults are
 * passed on to the terminal as one short line.
 *
 * A service that carries thousands of messages a second says as many lines: they are written as they come, and read only
 * where a part of them has something to be shown.
 */
export class ServiceLog {
  readonly #path: string;
  readonly #name: string;
  readonly #show: (line: string) => void;
  #recent: Buffer = NOTHING;
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
    let begun: Buffer = NOTHING;
    from?.on('data', (octets: Buffer) => {
      const all = begun.length === 0 ? octets : Buffer.concat([begun, octets]);
      const end = all.length > LONGEST_LINE_OCTETS ? all.length : all.lastIndexOf(LF) + 1;
      if (end > 0) this.#take(all.subarray(0, end), plainLevel);
      begun = all.subarray(end);
    });
    from?.on('end', () => {
      if (begun.length > 0) this.#take(Buffer.concat([begun, Buffer.from([LF])]), plainLevel);
    });
  }

  /** The last lines, for the person who has to find out why a service ended. */
  tail(): string {
    return linesOf(this.#recent)
      .slice(-TAIL_LINES)
      .map((line) => `  ${summary(line)}`)
      .join('\n');
  }

  close(): void {
    this.#stream.end();
  }

  #take(lines: Buffer, plainLevel: number): void {
    this.#recent = Buffer.concat([this.#recent, lines]).subarray(-TAIL_OCTETS);
    if (this.#octets > LIMIT_OCTETS) this.#rotate();
    this.#octets += lines.length;
    this.#stream.write(lines);
    if (plainLevel < 40 && !GRAVE.test(lines.toString('latin1'))) return;
    for (const line of linesOf(lines)) {
      if (levelOf(line, plainLevel) >= 40) this.#show(`${this.#name}: ${summary(line)}`);
    }
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

function linesOf(octets: Buffer): readonly string[] {
  return octets
    .toString()
    .split(/\r?\n/)
    .filter((line) => line !== '');
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
