/**
 * Milliseconds of the processor that work takes in this thread: what else the machine does, and how often the work was
 * interrupted, do not count.
 */
export function cpuMsOf(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}
