import { readFileSync } from 'node:fs';

/** What PostgreSQL writes into postmaster.pid (src/include/utils/pidfile.h). */
export interface PostmasterPid {
  readonly pid: number;
  readonly port: number | undefined;
  readonly socketDir: string | undefined;
  readonly status: string;
}

/** The postmaster.pid at `path`; undefined when there is none, or none that makes sense. */
export function readPostmasterPid(path: string): PostmasterPid | undefined {
  try {
    return parsePostmasterPid(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Lines: pid, data directory, start time, port, socket directory, listen address, shared memory, status. */
export function parsePostmasterPid(text: string): PostmasterPid | undefined {
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3]) || undefined, socketDir: lines[4] || undefined, status: lines[7] ?? '' };
}
