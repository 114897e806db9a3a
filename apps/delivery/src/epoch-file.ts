import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '@postern/observability';
import type { EpochMark, EpochMemory } from '@postern/prisma-store';

/**
 * Remembers in the data directory how far the database had come, so that a restore is noticed by a process that was not
 * there before it. A directory that cannot be written costs that, and nothing else.
 *
 * The file knows which file it is: where the whole data directory was restored with the database in it, the memory is as
 * old as what it is about, and only that it is a copy tells.
 */
export function epochFile(dataDir: string, log: Logger): EpochMemory {
  const path = join(dataDir, 'epoch.json');
  let told = false;
  return {
    async read() {
      try {
        // The text and the file that it is in, of one and the same: another process may put its own there meanwhile.
        await using file = await open(path, 'r');
        return markIn(await file.readFile('utf8'), fileOf(await file.stat()));
      } catch {
        return undefined;
      }
    },
    async write({ installation, beat }) {
      // Others of this machine write the same file: whole, whoever is last.
      const draft = `${path}.${randomUUID()}`;
      try {
        await using file = await open(draft, 'w');
        await file.writeFile(JSON.stringify({ installation, beat, file: fileOf(await file.stat()) }));
        await rename(draft, path);
      } catch (cause) {
        await rm(draft, { force: true }).catch(() => undefined);
        if (!told) log.warn({ err: cause }, 'how far the database has come cannot be remembered in the data directory');
        told = true;
      }
    },
  };
}

/** What a file keeps while it is renamed, and a copy of it does not have. */
function fileOf({ ino, birthtimeMs }: Stats): string {
  return `${ino}/${Math.round(birthtimeMs)}`;
}

function markIn(text: string, file: string): EpochMark | undefined {
  const read: unknown = JSON.parse(text.slice(0, 1_000));
  if (typeof read !== 'object' || read === null || !('installation' in read) || !('beat' in read)) return undefined;
  const { installation, beat } = read;
  if (typeof installation !== 'string' || !/^[0-9a-f-]{36}$/.test(installation)) return undefined;
  if (typeof beat !== 'number' || !Number.isSafeInteger(beat)) return undefined;
  // Earlier versions did not say.
  const copied = 'file' in read && read.file !== file;
  return { installation, beat, ...(copied ? { copied } : {}) };
}
