import { readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Machine } from '@postern/administration';
import { AlarmBackendUnfit, checkRedis } from '@postern/bullmq-queue';
import { tellVariables, type Configuration } from '@postern/configuration';
import { allowList, parseNetwork } from '@postern/dns';
import { type DnsResolver, hasValidatingResolver } from '@postern/dns-resolver';
import type { Store } from '@postern/prisma-store';
import { certificateState } from './certificate-state.ts';
import { dial } from './dial.ts';
import { keepsTime } from './keeps-time.ts';

export interface MachineOptions {
  readonly configuration: Configuration;
  readonly resolver: Pick<DnsResolver, 'servers' | 'txt'>;
  /** Undefined: it is known to be away. */
  readonly store: Pick<Store, 'pool'> | undefined;
}

const DIAL_MS = 5_000;
const LISTENER_MS = 1_000;
const ROOT = join(import.meta.dirname, '../../../..');

/** This machine, as its configuration says. */
export function createMachine({ configuration, resolver, store }: MachineOptions): Machine {
  const { dataDir, listen, processes, redisUrl, tls, deliveryPort } = configuration;
  const allowed = allowList(
    configuration.allowSpecialAddresses.flatMap((cidr) => {
      const reading = parseNetwork(cidr);
      return reading.kind === 'network' ? [reading.network] : [];
    }),
  );
  return {
    version: `Postern ${version}, Node ${process.versions.node}`,
    deliveryPort,
    environment: () => tellVariables(process.env),
    dnssec: () => hasValidatingResolver(resolver),
    certificate: () => certificateState({ dataDir, tls }),
    listeners: () =>
      Promise.all(
        (['submission', 'submissions', 'relay', 'api', 'console'] as const)
          .filter((name) => processes.includes(SERVICE_OF[name]))
          .flatMap((service) => listen[service].map((at) => ({ service, ...at })))
          .map(async ({ service, address, port }) => ({
            service,
            address: `${address}:${port}`,
            open: (await dial(reachable(address), port, LISTENER_MS)) === 'open',
          })),
      ),
    dial: async (address, port) =>
      port !== undefined || allowed.refuses(address) === undefined
        ? dial(address, port ?? deliveryPort, DIAL_MS)
        : 'forbidden',
    keepsTime,
    database: () => databaseState(store),
    async redis() {
      if (redisUrl === undefined) return undefined;
      try {
        await checkRedis(redisUrl);
        return { fault: undefined };
      } catch (error) {
        return { fault: error instanceof AlarmBackendUnfit ? error.message : 'Redis cannot be used' };
      }
    },
    async disk() {
      const space = await statfs(dataDir).catch(() => undefined);
      return space && { freeOctets: space.bavail * space.bsize, totalOctets: space.blocks * space.bsize };
    },
  };
}

const SERVICE_OF = {
  submission: 'submission',
  submissions: 'submission',
  relay: 'submission',
  api: 'api',
  console: 'console',
} as const;

const version = await ownVersion();

async function ownVersion(): Promise<string> {
  const text = await readFile(join(ROOT, 'package.json'), 'utf8').catch(() => '{}');
  const manifest: unknown = JSON.parse(text);
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown';
}

/** A listener on every address is reached on loopback. */
function reachable(address: string): string {
  if (address === '0.0.0.0') return '127.0.0.1';
  return address === '::' ? '::1' : address;
}

const SETTINGS = ['fsync', 'synchronous_commit', 'full_page_writes'] as const;

async function databaseState(store: MachineOptions['store']): ReturnType<Machine['database']> {
  try {
    const columns = SETTINGS.map((name) => `current_setting('${name}') as ${name}`).join(', ');
    const found = await store?.pool.query<Record<string, unknown>>(
      `select now() as now, current_setting('server_version') as version,
        coalesce(inet_client_addr() <<= '127.0.0.0/8' or inet_client_addr() = '::1', true) as here, ${columns}`,
    );
    const row = found?.rows[0];
    if (!row) return { kind: 'away' };
    return {
      kind: 'there',
      version: String(row['version']),
      here: row['here'] === true,
      now: row['now'] instanceof Date ? row['now'] : new Date(String(row['now'])),
      settings: Object.fromEntries(SETTINGS.map((name) => [name, String(row[name])])),
    };
  } catch {
    return { kind: 'away' };
  }
}
