import { readFile, stat } from 'node:fs/promises';
import { isIP } from 'node:net';
import type { Server } from './server.ts';

const RESOLV_CONF = '/etc/resolv.conf';
/** The file is looked at again after this long, when a question comes. */
const LOOK_AGAIN_MS = 5_000;
/** resolv.conf(5): MAXNS. */
const MAX_SERVERS = 3;

/** The servers of the system, read again when their file changes: a laptop moves, DHCP renews. */
export class SystemServers {
  readonly #path: string;
  #servers: readonly Server[] = [];
  #changedAtMs: number | undefined;
  #lookAgainAtMs = Number.NEGATIVE_INFINITY;

  constructor(path = RESOLV_CONF) {
    this.#path = path;
  }

  async current(nowMs: number): Promise<readonly Server[]> {
    if (nowMs < this.#lookAgainAtMs) return this.#servers;
    try {
      const { mtimeMs } = await stat(this.#path);
      if (mtimeMs !== this.#changedAtMs) {
        this.#servers = readResolvConf(await readFile(this.#path, 'utf8'));
        this.#changedAtMs = mtimeMs;
      }
    } catch {
      // Nothing can be read now: what was known stays, and at first there is the local resolver.
      if (this.#servers.length === 0) this.#servers = readResolvConf('');
    }
    this.#lookAgainAtMs = nowMs + LOOK_AGAIN_MS;
    return this.#servers;
  }
}

/** The name servers of a resolv.conf(5); the local one when it names none. */
export function readResolvConf(text: string): readonly Server[] {
  const servers = text
    .split('\n')
    .map((line) => /^\s*nameserver\s+(\S+)/.exec(line)?.[1] ?? '')
    .filter((address) => isIP(address) !== 0)
    .slice(0, MAX_SERVERS)
    .map((address) => ({ address, port: 53 }));
  return servers.length > 0 ? servers : [{ address: '127.0.0.1', port: 53 }];
}
