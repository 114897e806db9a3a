import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts processor time in ticks of this many milliseconds (USER_HZ). */
const TICK_MS = 1_000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** What the whole machine has spent so far: user, nice, system, irq and softirq, in milliseconds (proc(5), /proc/stat). */
export function machineCpuMs() {
  const [, user, nice, system, , , irq, softirq] = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0].split(/ +/);
  return [user, nice, system, irq, softirq].reduce((sum, each) => sum + Number(each) * TICK_MS, 0);
}

/** What ended children of this process have spent, in milliseconds. */
export function endedChildrenCpuMs() {
  return readProcess(process.pid)?.endedChildrenMs ?? 0;
}

/**
 * What these processes and all below them have spent so far, in milliseconds, by component: their own time, and that of
 * their ended children, which counts as their parent's (proc(5), utime to cstime).
 */
export function treeCpuMs(rootPids, component = (each) => each.command) {
  const spent = new Map();
  for (const each of processesBelow(rootPids)) {
    const name = component(each);
    spent.set(name, (spent.get(name) ?? 0) + each.ownMs + each.endedChildrenMs);
  }
  return spent;
}

/** The pids of these processes and of all below them. */
export function pidsBelow(rootPids) {
  return [...processesBelow(rootPids)].map((each) => each.pid);
}

/** What was spent between two readings of treeCpuMs, by component. */
export function spentBetween(before, after) {
  return new Map([...after].map(([name, ms]) => [name, ms - (before.get(name) ?? 0)]));
}

/** The most memory that a process of each component has held at one moment, in MiB (proc(5), VmHWM). */
export function peakMemoryMiB(rootPids, component = (each) => each.command) {
  const peaks = new Map();
  for (const each of processesBelow(rootPids)) {
    const name = component(each);
    peaks.set(name, Math.max(peaks.get(name) ?? 0, each.peakMiB));
  }
  return peaks;
}

/** The sum over the components. */
export function total(spent) {
  return [...spent.values()].reduce((sum, each) => sum + each, 0);
}

function processesBelow(rootPids) {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)) ?? []);
  const byPid = new Map(processes.map((each) => [each.pid, each]));
  const children = Map.groupBy(processes, (each) => each.parent);
  const found = new Map();
  const waiting = [...rootPids];
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    const each = byPid.get(pid);
    if (!each || found.has(pid)) continue;
    found.set(pid, each);
    waiting.push(...(children.get(pid) ?? []).map((child) => child.pid));
  }
  return found.values();
}

function readProcess(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const close = stat.lastIndexOf(')');
    const fields = stat
      .slice(close + 2)
      .split(' ')
      .map(Number);
    return {
      pid,
      command: stat.slice(stat.indexOf('(') + 1, close),
      get commandLine() {
        return readText(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');
      },
      get peakMiB() {
        return Math.round(Number(/VmHWM:\s*(\d+)/.exec(readText(`/proc/${pid}/status`))?.[1] ?? 0) / 1_024);
      },
      parent: fields[1],
      ownMs: (fields[11] + fields[12]) * TICK_MS,
      endedChildrenMs: (fields[13] + fields[14]) * TICK_MS,
    };
  } catch {
    return undefined; // It has ended since.
  }
}

function readText(path) {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return ''; // It has ended since.
  }
}
