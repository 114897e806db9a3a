import { closeSync, copyFileSync, fstatSync, openSync, readSync, statSync, truncateSync } from 'node:fs';
import type { Layout } from './layout.ts';

const BOUND_OCTETS = 8 * 1024 * 1024;
const LOOK_EVERY_MS = 10_000;

/** The file that takes the server's standard error: it grows to a bound, then becomes `server.log.1`. */
export interface ServerLog {
  readonly fd: number;
  /** What the server has written since this start, its last part. */
  tail(): string;
  close(): void;
}

/**
 * Opens the server's log.
 *
 * The server writes to the file itself and not through us, so that it neither blocks nor dies when we do. The file is open
 * for appending, so it may be cut under the writer's hands.
 */
export function openServerLog(layout: Layout): ServerLog {
  bound(layout);
  const fd = openSync(layout.serverLog, 'a', 0o600);
  const from = fstatSync(fd).size;
  const timer = setInterval(() => bound(layout), LOOK_EVERY_MS).unref();
  return {
    fd,
    tail: () => readFrom(layout.serverLog, from),
    close: () => {
      clearInterval(timer);
      closeSync(fd);
    },
  };
}

function bound(layout: Layout): void {
  try {
    if (statSync(layout.serverLog).size < BOUND_OCTETS) return;
    copyFileSync(layout.serverLog, `${layout.serverLog}.1`);
  } catch {
    // No log yet, or no room for the copy: then the cut alone must do.
  }
  try {
    if (statSync(layout.serverLog).size >= BOUND_OCTETS) truncateSync(layout.serverLog);
  } catch {
    return;
  }
}

function readFrom(path: string, from: number): string {
  const fd = openSync(path, 'r');
  try {
    const size = fstatSync(fd).size;
    const start = Math.max(size < from ? 0 : from, size - 16_384);
    const buffer = Buffer.alloc(size - start);
    return buffer.subarray(0, readSync(fd, buffer, 0, buffer.length, start)).toString();
  } finally {
    closeSync(fd);
  }
}
