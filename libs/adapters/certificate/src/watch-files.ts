import { stat } from 'node:fs/promises';

export interface Watch {
  close(): void;
}

/**
 * Looks at files at intervals, and tells whether they have changed: at first since `since`, the signature of what was read.
 *
 * Looking again beats being told: it sees through symbolic links, renames and directories that are exchanged whole, on any
 * file system. A change is told when two looks in a row agree, so that a certificate whose key is still being written is
 * left alone until both are there.
 */
export function watchFiles(
  paths: readonly string[],
  options: { readonly since: string; readonly everyMs: number; readonly look: (changed: boolean) => Promise<void> },
): Watch {
  const { since, everyMs, look } = options;
  let told = since;
  let seen = since;
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    void turn().finally(() => (busy = false));
  }, everyMs).unref();

  async function turn(): Promise<void> {
    const now = await signature(paths);
    const settled = now === seen;
    seen = now;
    if (!settled) return;
    const changed = now !== told;
    told = now;
    await look(changed);
  }
  return { close: () => clearInterval(timer) };
}

/** What differs when a file is written, replaced, or gone. */
export async function signature(paths: readonly string[]): Promise<string> {
  const each = await Promise.all(
    paths.map((path) =>
      stat(path, { bigint: true }).then(
        ({ dev, ino, size, mtimeNs, ctimeNs }) => [dev, ino, size, mtimeNs, ctimeNs].join(),
        (error: NodeJS.ErrnoException) => error.code ?? 'unreadable',
      ),
    ),
  );
  return each.join('; ');
}
