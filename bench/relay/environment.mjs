import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { postfixVersion } from './postfix.mjs';

/** What the figures depend on: the machine and the versions. */
export function environmentFacts(folder) {
  const [, fileSystem] = execFileSync('df', ['--output=fstype', folder], { encoding: 'utf8' }).trim().split('\n');
  return {
    date: new Date().toISOString(),
    processors: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    fileSystem,
    loadAverage: loadavg()[0],
    node: process.version,
    postfix: postfixVersion(),
  };
}

/** The facts as a person reads them; a file system in memory would make every commit free, so it is told. */
export function describeEnvironment(facts, options) {
  const lines = [
    `${facts.date}  ${facts.processors} × ${facts.processor}, ${facts.memoryGiB} GiB, Linux ${facts.kernel}, ${facts.fileSystem}, load ${facts.loadAverage.toFixed(2)}`,
    `Node ${facts.node}, Postfix ${facts.postfix}`,
    `${options.messages} messages of ${options.sizeOctets} octets over ${options.sessions} sessions, ${options.runs} run(s)`,
  ];
  if (facts.fileSystem === 'tmpfs')
    lines.push('! The folder is in memory: nothing here is durable. Take another with --folder.');
  return `${lines.join('\n')}\n`;
}
