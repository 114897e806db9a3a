import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { EmbeddedPostgresFault, errorCode } from './fault.ts';
import type { Layout } from './layout.ts';
import { birthOf, isRunning } from './processes.ts';

/** Gives the claim back; safe to call twice. */
export type Release = () => void;

/**
 * Claims the data directory for this process, or refuses and names the process that has it.
 *
 * The claim of a process that no longer runs is taken over, also when its number belongs to another process by now.
 */
export function claim(layout: Layout): Release {
  return claimFile(layout.lock, (pid) => inUse(layout, pid));
}

/** Claims a file in the same way; `refusal` makes the error from the id of the process that has it. */
export function claimFile(lock: string, refusal: (pid: number) => Error): Release {
  const mine = JSON.stringify({ pid: process.pid, birth: birthOf(process.pid), nonce: randomBytes(8).toString('hex') });
  const draft = `${lock}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, mine, { mode: 0o600 });
  try {
    // A link either appears with its whole content or fails: nobody reads a half-written claim.
    while (!linked(draft, lock)) clearStale(lock, refusal);
  } finally {
    rmSync(draft, { force: true });
  }
  return () => {
    if (read(lock) === mine) rmSync(lock, { force: true });
  };
}

function linked(draft: string, lock: string): boolean {
  try {
    linkSync(draft, lock);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function clearStale(lock: string, refusal: (pid: number) => Error): void {
  const seen = read(lock);
  if (seen === undefined) return;
  const holder = liveHolder(seen);
  if (holder !== undefined) throw refusal(holder);
  const aside = `${lock}.${randomBytes(6).toString('hex')}`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  // Between our look and our move another process may have taken over: then what we moved is its claim, and goes back.
  if (read(aside) !== seen) linked(aside, lock);
  rmSync(aside, { force: true });
}

function liveHolder(claimText: string): number | undefined {
  try {
    const { pid, birth } = JSON.parse(claimText) as { pid?: unknown; birth?: unknown };
    if (typeof pid !== 'number' || !isRunning(pid)) return undefined;
    return typeof birth === 'string' && birth !== birthOf(pid) ? undefined : pid;
  } catch {
    return undefined;
  }
}

function inUse(layout: Layout, pid: number): EmbeddedPostgresFault {
  return new EmbeddedPostgresFault(
    'in-use',
    `Another Postern (pid ${pid}) uses this data directory: ${layout.dataDir}. Stop it first, or set POSTERN_DATA_DIR to another folder.`,
  );
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
