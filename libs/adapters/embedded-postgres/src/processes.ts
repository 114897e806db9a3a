import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { execFileSync } from 'node:child_process';
import { errorCode } from './fault.ts';

/** Whether a process runs; one that has ended and waits to be collected does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
  return statusOf(pid)?.state !== 'Z';
}

/** What distinguishes this life of a process id from the next one that gets the same number; undefined outside Linux. */
export function birthOf(pid: number): string | undefined {
  const ticks = statusOf(pid)?.startTicks;
  const boot = readText('/proc/sys/kernel/random/boot_id');
  return ticks && boot ? `${boot.trim()}/${ticks}` : undefined;
}

/** Whether this process is a PostgreSQL server (or a remainder of one) on the cluster. */
export function servesCluster(pid: number, cluster: string): boolean {
  if (!isRunning(pid)) return false;
  if (process.platform !== 'linux') return commandLine(pid).includes(cluster);
  if (statusOf(pid)?.name !== 'postgres') return false;
  // Every process of a server works in the cluster's folder; where /proc/PID/cwd is closed, the command line tells.
  return workingDirectory(pid) === cluster || commandLine(pid).split('\0').includes(cluster);
}

/** Every process of a server on the cluster that can be seen, whether its postmaster lives or not; Linux only. */
export function processesOf(cluster: string): readonly number[] {
  return allProcesses().filter((pid) => servesCluster(pid, cluster));
}

/** Every process that makes a cluster whose path begins so: `initdb` and the servers that it runs; Linux only. */
export function makersOf(pathPrefix: string): readonly number[] {
  return allProcesses().filter((pid) => {
    if (!['initdb', 'postgres'].includes(statusOf(pid)?.name ?? '')) return false;
    const paths = [workingDirectory(pid) ?? '', ...commandLine(pid).split('\0')];
    return paths.some((path) => path.startsWith(pathPrefix));
  });
}

function allProcesses(): readonly number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').flatMap((entry) => (/^\d+$/.test(entry) ? [Number(entry)] : []));
}

/** Waits until none of the processes runs, at most this long; says whether they are gone. */
export async function gone(pids: readonly number[], withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (pids.some(isRunning)) {
    if (Date.now() > deadline) return false;
    await pause(10);
  }
  return true;
}

/** Sends a signal; a process that has ended meanwhile is no fault. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

function statusOf(pid: number): { name: string; state: string; startTicks: string } | undefined {
  // proc(5): the name stands in parentheses and may contain any character; field 3 is the state, field 22 the start.
  const stat = readText(`/proc/${pid}/stat`);
  const match = stat && /^\d+ \((.*)\) (.*)$/s.exec(stat);
  if (!match) return undefined;
  const fields = (match[2] ?? '').split(' ');
  return { name: match[1] ?? '', state: fields[0] ?? '', startTicks: fields[19] ?? '' };
}

function workingDirectory(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

function commandLine(pid: number): string {
  if (process.platform === 'linux') return readText(`/proc/${pid}/cmdline`) ?? '';
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return '';
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
