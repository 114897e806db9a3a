import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { testDatabase } from '@postern/database';
import { createStore, type Store } from '@postern/prisma-store';
import { test as base } from 'vitest';
import { runCommandLine } from '../program.ts';

/** A shell with a database of its own. */
export interface Terminal {
  readonly store: Store;
  readonly dataDir: string;
  /** Runs `postern …`. */
  run(...argv: readonly string[]): Promise<Ran>;
  /** The same with another environment, or something on standard input. */
  runWith(given: Given, ...argv: readonly string[]): Promise<Ran>;
  /** Runs with `--json`; answers what was printed, and fails when the command did. */
  json(...argv: readonly string[]): Promise<unknown>;
}

interface Given {
  readonly env?: Record<string, string>;
  readonly stdin?: string;
  readonly columns?: number;
}

export interface Ran {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

/** Tests that get a terminal of their own. */
export const test = base.extend<{ terminal: Terminal }>({
  // eslint-disable-next-line no-empty-pattern
  terminal: async ({}, use) => {
    const database = await testDatabase();
    const dataDir = mkdtempSync(join(tmpdir(), 'postern-cli-'));
    const store = createStore({
      databaseUrl: database.url,
      poolSize: 2,
      log: { info: () => undefined, warn: () => undefined },
    });
    const env = { DATABASE_URL: database.url, POSTERN_DATA_DIR: dataDir, USER: 'tests' };
    const runWith: Terminal['runWith'] = (given, ...argv) => run(argv, { ...given, env: { ...env, ...given.env } });
    await use({
      store,
      dataDir,
      runWith,
      run: (...argv) => runWith({}, ...argv),
      async json(...argv) {
        const { exit, out, err } = await runWith({}, ...argv, '--json');
        if (exit !== 0) throw new Error(`exit ${exit}: ${err}`);
        return JSON.parse(out) as unknown;
      },
    });
    await store.close();
    await database.close();
    rmSync(dataDir, { recursive: true, force: true });
  },
});

async function run(argv: readonly string[], { env = {}, stdin = '', columns }: Given): Promise<Ran> {
  let [out, err] = ['', ''];
  const exit = await runCommandLine(argv, {
    env,
    columns,
    stdin: Readable.from([Buffer.from(stdin)]),
    out: (text) => void (out += text),
    err: (text) => void (err += text),
  });
  return { exit, out, err };
}
