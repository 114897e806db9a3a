import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Child, runChild, startChild } from '../child.ts';
import { portOpen } from '../peers/port-open.ts';

/** A validating resolver of the lab. */
export interface Unbound {
  /** Forgets what it knows at and below a name. */
  flush(zone: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts Unbound in a directory of its own; it asks only the authoritative server on loopback. */
export async function startUnbound(options: {
  readonly directory: string;
  readonly address: string;
  readonly port: number;
  readonly authoritativePort: number;
  readonly zones: readonly string[];
  readonly anchor: readonly string[];
}): Promise<Unbound> {
  const { directory, address, port } = options;
  const config = join(directory, 'unbound.conf');
  await writeFile(join(directory, 'root.ds'), `${options.anchor.join('\n')}\n`);
  await writeFile(config, configuration(options));
  const child: Child = startChild({ tool: 'unbound', parameters: ['-d', '-p', '-c', config], directory });
  await portOpen(child, { address, port });
  return {
    async flush(zone) {
      await runChild({ tool: 'unbound-control', parameters: ['-c', config, 'flush_zone', zone] });
    },
    stop: () => child.stop(),
  };
}

function configuration(options: Parameters<typeof startUnbound>[0]): string {
  const { directory, address, port, authoritativePort, zones } = options;
  const stub = (zone: string): string => `stub-zone:\n  name: "${zone}"\n  stub-addr: 127.0.0.1@${authoritativePort}\n`;
  return `
server:
  directory: "${directory}"
  chroot: ""
  username: ""
  pidfile: ""
  interface: ${address}@${port}
  access-control: 127.0.0.0/8 allow
  access-control: ::1/128 allow
  use-syslog: no
  logfile: ""
  verbosity: 1
  num-threads: 1
  do-ip6: no
  module-config: "validator iterator"
  trust-anchor-file: "root.ds"
  do-not-query-localhost: no
  qname-minimisation: no
  unblock-lan-zones: yes
  insecure-lan-zones: yes
  local-zone: "test." nodefault
  local-zone: "127.in-addr.arpa." nodefault
  val-bogus-ttl: 1
  infra-keep-probing: yes
remote-control:
  control-enable: yes
  control-interface: "${join(directory, 'unbound.sock')}"
  control-use-cert: no
${['.', ...zones].map(stub).join('')}`;
}
