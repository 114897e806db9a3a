import { setTimeout as pause } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import type { Launcher } from './launcher.ts';
import type { Layout } from './layout.ts';
import type { Log } from './log.ts';
import { readPostmasterPid } from './postmaster-pid.ts';
import { signal as send } from './processes.ts';
import { openServerLog } from './server-log.ts';
import { serverArguments } from './settings.ts';
import type { Durability, Reach } from './settings.ts';

/** How a postmaster ended. */
export interface PostmasterEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A postmaster that is a child of this process. */
export interface Postmaster {
  readonly pid: number;
  readonly ended: Promise<PostmasterEnd>;
  /** The last part of what it wrote to its log. */
  said(): string;
  /** Fast shutdown: sessions are rolled back, the next start needs no recovery. */
  stop(): Promise<void>;
}

/** Ready, or what it wrote before it ended. */
export type Start =
  { readonly kind: 'ready'; readonly postmaster: Postmaster } | { readonly kind: 'ended'; readonly said: string };

/** What starting a postmaster needs. */
export interface Starting {
  readonly layout: Layout;
  readonly launcher: Launcher;
  readonly binaries: Binaries;
  readonly durability: Durability;
  readonly signal: AbortSignal | undefined;
  readonly log: Log;
}

/** Starts a postmaster and waits until it takes connections, however long its recovery takes. */
export async function startPostmaster(starting: Starting, reach: Reach): Promise<Start> {
  const { layout, launcher, binaries, durability } = starting;
  const serverLog = openServerLog(layout);
  const child = launcher.launch(
    binaries.postgres,
    ['-D', layout.cluster, ...serverArguments(reach, durability)],
    serverLog.fd,
  );
  let running = true;
  const ended = new Promise<PostmasterEnd>((resolve) => {
    child.on('exit', (code, signal) => resolve({ code, signal }));
    child.on('error', () => child.pid === undefined && resolve({ code: null, signal: null }));
  }).finally(() => {
    running = false;
    serverLog.close();
  });
  const pid = child.pid ?? 0;
  const stop = () => shutDown(pid, ended, () => running);
  if (!(await ready({ ...starting, pid, ended, stop, running: () => running })))
    return { kind: 'ended', said: serverLog.tail() };
  return { kind: 'ready', postmaster: { pid, ended, stop, said: serverLog.tail } };
}

async function ready(
  of: Starting & { pid: number; ended: Promise<PostmasterEnd>; stop(): Promise<void>; running(): boolean },
) {
  let tellAt = Date.now() + 5_000;
  while (of.running()) {
    const file = readPostmasterPid(of.layout.postmasterPid);
    if (file?.pid === of.pid && file.status === 'ready') return true;
    if (of.signal?.aborted) await of.stop();
    if (Date.now() > tellAt) {
      of.log.info({ pid: of.pid }, 'embedded PostgreSQL is recovering; this ends by itself');
      tellAt = Date.now() + 10_000;
    }
    await Promise.race([of.ended, pause(10)]);
  }
  return false;
}

async function shutDown(pid: number, ended: Promise<PostmasterEnd>, running: () => boolean): Promise<void> {
  const steps = [
    ['SIGINT', 20_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 10_000],
  ] as const;
  for (const [name, withinMs] of steps) {
    if (!running()) return;
    send(pid, name);
    const cancel = new AbortController();
    await Promise.race([ended, pause(withinMs, undefined, { signal: cancel.signal }).catch(() => undefined)]);
    cancel.abort();
  }
}
