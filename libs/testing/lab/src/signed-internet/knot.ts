import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Child, runChild, startChild } from '../child.ts';
import { portOpen } from '../peers/port-open.ts';
import { type Delegation, zoneFile } from './zone-file.ts';

export interface SignedZone {
  /** `bogus`: signed, and the parent vouches for another key. */
  readonly security: 'signed' | 'unsigned' | 'bogus';
  /** Records as a master file has them; see readRecords. */
  readonly records: string;
}

/** An authoritative server of the lab: Knot, which signs a root zone and zones below it. */
export interface Knot {
  /** The DS records of the root's key: the trust anchor. */
  readonly anchor: readonly string[];
  update(zone: string, records: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts Knot in a directory of its own. */
export async function startKnot(options: {
  readonly directory: string;
  readonly port: number;
  readonly zones: Readonly<Record<string, SignedZone>>;
}): Promise<Knot> {
  const { directory, port, zones } = options;
  const config = join(directory, 'knot.conf');
  await mkdir(join(directory, 'keys'), { recursive: true });
  await writeFile(config, configuration(directory, port, zones));
  const anchor = await makeKey(config, '.');
  const delegations: Delegation[] = [];
  for (const [zone, { security, records }] of Object.entries(zones)) {
    const ds = security === 'unsigned' ? [] : await makeKey(config, zone);
    delegations.push({ zone, ds: security === 'bogus' ? ds.map(ofAnotherKey) : ds });
    await writeFile(fileOf(directory, zone), zoneFile(zone, records));
  }
  await writeFile(fileOf(directory, '.'), zoneFile('.', '', delegations));
  const child: Child = startChild({ tool: 'knotd', parameters: ['-c', config], directory });
  await portOpen(child, { address: '127.0.0.1', port });
  return {
    anchor,
    async update(zone, records) {
      await writeFile(fileOf(directory, zone), zoneFile(zone, records));
      await runChild({ tool: 'knotc', parameters: ['-c', config, '-b', 'zone-reload', zone] });
    },
    stop: () => child.stop(),
  };
}

function configuration(directory: string, port: number, zones: Readonly<Record<string, SignedZone>>): string {
  const signs = (zone: string): boolean => zones[zone]?.security !== 'unsigned';
  return `
server:
  listen: 127.0.0.1@${port}
  rundir: "${directory}"
  udp-workers: 1
  tcp-workers: 1
  background-workers: 1
log:
  - target: stderr
    any: warning
database:
  storage: "${directory}"
  kasp-db: "${join(directory, 'keys')}"
policy:
  - id: lab
    algorithm: ecdsap256sha256
    manual: on
    single-type-signing: on
template:
  - id: default
    storage: "${directory}"
    semantic-checks: off
    zonefile-sync: -1
    zonefile-load: difference-no-serial
    journal-content: all
    dnssec-policy: lab
zone:
${['.', ...Object.keys(zones)]
  .map(
    (zone) =>
      `  - domain: "${zone}"\n    file: "${fileOf(directory, zone)}"\n    dnssec-signing: ${signs(zone) ? 'on' : 'off'}`,
  )
  .join('\n')}
`;
}

function fileOf(directory: string, zone: string): string {
  return join(directory, zone === '.' ? 'root.zone' : `${zone}.zone`);
}

async function makeKey(config: string, zone: string): Promise<readonly string[]> {
  const keymgr = (...parameters: readonly string[]): ReturnType<typeof runChild> =>
    runChild({ tool: 'keymgr', parameters: ['-c', config, zone, ...parameters] });
  await keymgr('generate', 'algorithm=ECDSAP256SHA256', 'ksk=yes', 'zsk=yes');
  const { output } = await keymgr('ds');
  return output.split('\n').filter((line) => / DS \d+ \d+ 2 /.test(line));
}

/** A DS record with the digest of no key that there is. */
function ofAnotherKey(ds: string): string {
  return ds.replace(/[0-9a-fA-F]{64}$/, (digest) => digest.replace(/./g, (digit) => (digit === '0' ? '1' : '0')));
}
