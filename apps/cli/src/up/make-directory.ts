import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a directory and those above it that are missing.
 *
 * One by one: `mkdirSync` with `recursive` never returns below a folder in which nothing can be made (/proc).
 */
export function makeDirectory(path: string, mode: number): void {
  const missing: string[] = [];
  for (let at = path; !isThere(at); at = dirname(at)) missing.unshift(at);
  for (const each of missing) mkdirSync(each, { mode });
}

function isThere(path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat && !stat.isDirectory()) throw new Error(`${path} is not a directory`);
  return stat !== undefined;
}
