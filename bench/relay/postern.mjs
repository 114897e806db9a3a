import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort, waitFor, zoneServer } from '@postern/lab';
import { endings } from '../endings.mjs';
import { DOMAIN, MAIL_HOST } from './addresses.mjs';
import { startProfiling } from './profile.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const COMMAND = join(ROOT, 'apps/cli/dist/main.js');
const run = promisify(execFile);

/**
 * Starts Postern as `npm start` does, with its embedded PostgreSQL, in a data directory of its own. Its mail hosts are found
 * through a zone server on loopback; the whole of 127.0.0.0/8 may relay.
 */
export async function startPostern({ folder, sink, profile }) {
  if (!existsSync(COMMAND)) throw new Error('Postern is not built: npm run build');
  const zone = await zoneServer({
    records: `${DOMAIN}. 3600 MX 10 ${MAIL_HOST}.\n${MAIL_HOST}. 3600 A ${sink.address}`,
  });
  const stopZone = endings.add(() => zone.close());
  const ports = await Promise.all(Array.from({ length: 2 }, () => freePort()));
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir);
  const env = environment({ dataDir, zone, sink, ports });
  const profiling = profile === undefined ? undefined : await startProfiling({ dataDir, folder: profile });

  const child = spawn(process.execPath, [COMMAND, 'up'], {
    cwd: ROOT,
    env: { ...env, ...profiling?.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let words = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (octets) => (words = (words + octets).slice(-16_384)));
  const running = () => child.exitCode === null && child.signalCode === null;
  const stop = endings.add(async () => {
    if (running()) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    await stopZone();
    await profiling?.tell();
  });
  await waitFor(
    () => {
      if (!running()) throw new Error(`postern up ended:\n${words}`);
      return words.includes('postern ready');
    },
    { what: 'Postern to be ready', timeoutMs: 90_000, everyMs: 50 },
  );
  const postern = async (...parameters) =>
    (await run(process.execPath, [COMMAND, ...parameters], { cwd: ROOT, env })).stdout;
  await postern('network', 'add', '127.0.0.0/8', '--sender', '*');

  let expected = 0;
  return {
    name: 'postern',
    version: JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version,
    port: ports[0],
    stop,
    rootPids: () => [child.pid],
    component: (each) => /apps\/(\w+)\/dist/.exec(each.commandLine)?.[1] ?? each.command,
    beforeMeasurement: () => profiling?.beforeMeasurement(),
    afterMeasurement: (mode) => profiling?.afterMeasurement(mode),
    /** Resolves when the ledger says that everything submitted so far has been accepted and delivered, and nothing else. */
    async settled(messages) {
      expected += messages;
      let ledger;
      const agrees = async () => {
        ledger = JSON.parse(await postern('ledger', '--json'));
        return ledger.accepted === expected && ledger.delivered === expected;
      };
      await waitFor(agrees, { what: 'the ledger to agree', timeoutMs: 20_000, everyMs: 200 }).catch(() => {
        throw new Error(`${expected} messages acknowledged, but the ledger says ${JSON.stringify(ledger)}\n${words}`);
      });
    },
  };
}

function environment({ dataDir, zone, sink, ports: [relay, api] }) {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(?:POSTERN_|DATABASE_URL$|REDIS_URL$|NODE_OPTIONS$)/.test(name),
  );
  return {
    ...Object.fromEntries(inherited),
    POSTERN_DATA_DIR: dataDir,
    POSTERN_HOSTNAME: 'postern.bench.example',
    // The services that carry mail; the console and its API do nothing unless somebody looks.
    POSTERN_PROCESSES: 'submission,delivery',
    POSTERN_LISTEN_SUBMISSION: 'off',
    POSTERN_LISTEN_SUBMISSIONS: 'off',
    POSTERN_LISTEN_RELAY: `127.0.0.1:${relay}`,
    POSTERN_LISTEN_API: `127.0.0.1:${api}`,
    POSTERN_DNS_SERVERS: `${zone.address}:${zone.port}`,
    POSTERN_DELIVERY_PORT: String(sink.port),
    POSTERN_ALLOW_SPECIAL_ADDRESSES: '127.0.0.0/8',
  };
}
