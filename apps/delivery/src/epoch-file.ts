import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '@postern/observability';
import type { EpochMark, EpochMemory } from '@postern/prisma-store';

/**
 * Remembers in the data directory how far the database had come, so that a restore is noticed by a process that was not
 * there before it. A directory that cannot be written costs that, and nothing else.
 */
export function epochFile(dataDir: string, log: Logger): EpochMemory {
  const path = join(dataDir, 'epoch.json');
  let told = false;
  return {
    async read() {
      try {
        return markIn(await readFile(path, 'utf8'));
      } catch {
        return undefined;
      }
    },
    async write(mark) {
      // Others of this machine write the same file: whole, whoever is last.
      const draft = `${path}.${process.pid}`;
      try {
        await writeFile(draft, JSON.stringify(mark));
        await rename(draft, path);
      } catch (cause) {
        if (!told) log.warn({ err: cause }, 'how far the database has come cannot be remembered in the data directory');
        told = true;
      }
    },
  };
}

function markIn(text: string): EpochMark | undefined {
  const read: unknown = JSON.parse(text.slice(0, 1_000));
  if (typeof read !== 'object' || read === null || !('installation' in read) || !('beat' in read)) return undefined;
  const { installation, beat } = read;
  if (typeof installation !== 'string' || !/^[0-9a-f-]{36}$/.test(installation)) return undefined;
  return typeof beat === 'number' && Number.isSafeInteger(beat) ? { installation, beat } : undefined;
}
