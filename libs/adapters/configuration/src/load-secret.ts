import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The installation's secret: the one given, or the one in the data directory, made there at first use.
 *
 * Processes that start at once all get the same one: it is written whole under a name of its own and linked into place,
 * which only the first succeeds in; the others read what is there. Only the owner can read it.
 */
export function loadSecret({
  secret,
  dataDir,
}: {
  readonly secret: string | undefined;
  readonly dataDir: string;
}): string {
  if (secret !== undefined) return secret;
  const path = join(dataDir, 'secret');
  return read(path) ?? make(path, dataDir);
}

function make(path: string, dataDir: string): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx', flush: true });
    linkSync(draft, path);
  } catch (error) {
    if (!isAlreadyThere(error)) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const made = read(path);
  if (made === undefined) throw new Error(`${path} was made and cannot be found`);
  return made;
}

function read(path: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  if (text.length < 32) throw new Error(`${path} holds no secret: restore it from a backup, or set POSTERN_SECRET`);
  return text;
}

function isAlreadyThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}
