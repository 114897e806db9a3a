import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import type { QueryResultRow } from 'pg';
import { onTestFinished } from 'vitest';
import { copyMadeCluster } from './made-cluster.ts';
import { layoutOf } from '../layout.ts';
import type { Layout } from '../layout.ts';
import { startEmbeddedPostgres } from '../start-embedded-postgres.ts';
import type { EmbeddedPostgres, EmbeddedPostgresOptions } from '../start-embedded-postgres.ts';

/** A data directory that works; a test changes the one thing that it is about. */
export interface Scenario {
  readonly dataDir: string;
  readonly layout: Layout;
  readonly events: readonly string[];
  start(change?: Partial<EmbeddedPostgresOptions>): Promise<EmbeddedPostgres>;
}

/** Registers work for the end of the test, or of whatever the scenario is for. */
export type AtEnd = (work: () => unknown) => void;

/** Where the data directory lies, and what is in it at first. */
export interface Place {
  readonly below?: string;
  /** `made`: a database that was stopped cleanly. */
  readonly cluster?: 'made' | 'none';
  readonly atEnd?: AtEnd;
}

/** Makes a data directory; servers started on it are stopped and it is removed at the end. */
export async function scenario(place: Place = {}): Promise<Scenario> {
  const atEnd = place.atEnd ?? endOfTest;
  const dataDir = join(place.below ?? openFolder(atEnd), 'data');
  if (place.cluster !== 'none') await copyMadeCluster(dataDir);
  const events: string[] = [];
  const note = (_facts: object, event: string) => void events.push(event);
  return {
    dataDir,
    layout: layoutOf(dataDir),
    events,
    start: async (change = {}) => {
      const server = await startEmbeddedPostgres({ dataDir, log: { info: note, warn: note }, ...change });
      atEnd(() => server.stop());
      return server;
    },
  };
}

/** A temporary folder that every user may enter. */
export function openFolder(atEnd: AtEnd = endOfTest): string {
  const folder = closedFolder(atEnd);
  chmodSync(folder, 0o711);
  return folder;
}

/** A temporary folder as mktemp makes it: for its owner alone. */
export function closedFolder(atEnd: AtEnd = endOfTest): string {
  const folder = mkdtempSync(join(tmpdir(), 'postern-embedded-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

const endOfTest: AtEnd = (work) => onTestFinished(async () => void (await work()));

/** Asks the server one thing. */
export async function ask<Row extends QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Another process that starts the server of a data directory; resolves with what it says first. */
export async function otherStarter(
  dataDir: string,
): Promise<{ readonly child: ChildProcess; readonly says: { pid?: number; fault?: string } }> {
  const child = launchStarter(dataDir);
  for await (const line of createInterface({ input: child.stdout ?? process.stdin })) {
    return { child, says: JSON.parse(line) as { pid?: number; fault?: string } };
  }
  throw new Error('The other starter ended without a word.');
}

/** The same, without waiting for it. */
export function launchStarter(dataDir: string): ChildProcess {
  const script = fileURLToPath(new URL('starter.ts', import.meta.url));
  const child = spawn(process.execPath, [script, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Kills a process and waits until it is gone. */
export function killed(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
