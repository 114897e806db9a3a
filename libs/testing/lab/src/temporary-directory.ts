import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryDirectory extends AsyncDisposable {
  readonly path: string;
  remove(): Promise<void>;
}

/** A directory of the test's own. Everyone may enter it: peers started as root drop to a user of theirs. */
export async function temporaryDirectory(name = 'lab'): Promise<TemporaryDirectory> {
  const path = await mkdtemp(join(tmpdir(), `postern-${name}-`));
  await chmod(path, 0o777);
  const remove = (): Promise<void> => rm(path, { recursive: true, force: true, maxRetries: 3 });
  return { path, remove, [Symbol.asyncDispose]: remove };
}
