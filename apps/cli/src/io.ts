import type { Readable } from 'node:stream';

/** What a command reads from and writes to. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  /** How many characters a line of the terminal has; undefined: what is written goes into a file or another program. */
  readonly columns?: number | undefined;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

export const processIo: Io = {
  env: process.env,
  stdin: process.stdin,
  columns: process.stdout.columns,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
};
