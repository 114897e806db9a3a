import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { layoutOf } from '../layout.ts';
import { startEmbeddedPostgres } from '../start-embedded-postgres.ts';

let made: Promise<string> | undefined;

afterAll(async () => {
  if (made) rmSync(await made, { recursive: true, force: true });
});

/** Puts a cluster that is made once for each test file into a data directory: making one takes longer than most tests. */
export async function copyMadeCluster(dataDir: string): Promise<void> {
  const from = layoutOf(await (made ??= make())).folder;
  mkdirSync(dataDir, { recursive: true });
  const copied = spawnSync('cp', ['-a', from, dataDir]);
  if (copied.status !== 0) throw new Error(`The cluster could not be copied: ${copied.stderr.toString()}`);
}

async function make(): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'postern-made-'));
  chmodSync(dataDir, 0o711);
  const quiet = { info: () => undefined, warn: () => undefined };
  const server = await startEmbeddedPostgres({ dataDir, log: quiet, durability: 'none' });
  await server.stop();
  return dataDir;
}
