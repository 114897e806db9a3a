import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startEmbeddedPostgres } from '@postern/embedded-postgres';
import { waitFor, zoneServer } from '@postern/lab';
import { createStore, migrate } from '@postern/prisma-store';
import { endings } from '../endings.mjs';
import { message } from './message.mjs';
import { smartSink } from './smart-sink.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const QUIET = { info: () => undefined, warn: () => undefined };
const OPTIONS = {
  domains: { type: 'string', default: '10000' },
  backlog: { type: 'string', default: '300000' },
  messages: { type: 'string', default: '2000' },
  rate: { type: 'string', default: '50' },
  bounce: { type: 'string', default: '0.02' },
  defer: { type: 'string', default: '0.05' },
  throttle: { type: 'string', default: '0.005' },
  help: { type: 'boolean', default: false },
};
const HELP = `npm run bench -- pace [options]: from acceptance to the mail host, beside a dead site with a backlog

  --domains N    domains with mail hosts of their own, all on loopback (10000)
  --backlog N    recipients that wait for a site whose host does not answer (300000)
  --messages N   messages to the other domains, before and beside the backlog (2000)
  --rate N       of them each second (50)
  --bounce, --defer, --throttle SHARE   what the mail hosts refuse (0.02, 0.05, 0.005)`;

/** `npm run bench -- pace`. Answers the exit code: 1 when the dead site costs the others more than a fifth of their p99. */
export async function main(parameters) {
  const { values } = parseArgs({ args: parameters, options: OPTIONS });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const given = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)]));
  const arrivals = new Map();
  const sink = await smartSink({
    addresses: Array.from({ length: 20 }, (_, index) => `127.0.5.${index + 1}`),
    port: 0,
    rates: given,
    arrived: (path) => arrivals.set(path, performance.now()),
  });
  endings.add(() => sink.close());
  const { store, client } = await startGateway(sink.port, given.domains);
  const queueIds = await knownSites(store, given.domains);
  const about = { ...given, store, queueIds, arrivals };
  await measure({ ...about, name: 'warm' });
  const before = await measure({ ...about, name: 'alone' });
  await deadBacklog(store, client, given.backlog);
  const beside = await measure({ ...about, name: 'beside' });
  const [{ left }] = (
    await client.query(`select count(*)::int as left from recipients where state = 'queued' and attempts = 0`)
  ).rows;
  console.log(`${left} recipients wait for the dead site unattempted; at most ${sink.peak()} connections to a host`);
  const ratio = beside.p99 / before.p99;
  console.log(`p99 beside the dead site: ${ratio.toFixed(2)} of what it is alone`);
  return ratio <= 1.2 ? 0 : 1;
}

export async function startGateway(deliveryPort, domains) {
  const folder = mkdtempSync(join(tmpdir(), 'postern-bench-pace-'));
  chmodSync(folder, 0o711);
  endings.add(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  const server = await startEmbeddedPostgres({ dataDir: folder, log: QUIET, durability: 'full' });
  endings.add(() => server.stop());
  await migrate({ databaseUrl: server.url, log: QUIET });
  const store = createStore({ databaseUrl: server.url, poolSize: 6, log: QUIET });
  endings.add(() => store.close());
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  endings.add(() => client.end());
  const records = ['dead.example. 3600 MX 10 mx.dead.example.', 'mx.dead.example. 3600 A 127.0.6.1'];
  for (let index = 0; index < domains; index += 1)
    records.push(
      `d${index}.example. 3600 MX 10 mx.d${index}.example.`,
      `mx.d${index}.example. 3600 A 127.0.5.${(index % 20) + 1}`,
    );
  const zone = await zoneServer({ records: records.join('\n') });
  endings.add(() => zone.close());
  const env = {
    DATABASE_URL: server.url,
    POSTERN_DATA_DIR: folder,
    POSTERN_HOSTNAME: 'postern.bench.example',
    POSTERN_SECRET: 'a secret of the bench, long enough for the rule',
    POSTERN_DNS_SERVERS: `${zone.address}:${zone.port}`,
    POSTERN_DELIVERY_PORT: String(deliveryPort),
    POSTERN_ALLOW_SPECIAL_ADDRESSES: '127.0.0.0/8',
  };
  const delivery = spawn(process.execPath, [join(ROOT, 'apps/delivery/dist/main.js')], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production', ...env },
  });
  endings.add(async () => {
    if (delivery.exitCode !== null) return;
    delivery.kill('SIGTERM');
    await once(delivery, 'exit');
  });
  await once(delivery, 'message');
  return { store, client, env };
}

export async function knownSites(store, domains) {
  const freshUntil = new Date(Date.now() + 86_400_000);
  const ids = [];
  for (let from = 0; from < domains; from += 6) {
    const some = Array.from({ length: Math.min(6, domains - from) }, (_, index) => from + index);
    const made = some.map((each) =>
      store.delivery.rememberSite({ domain: `d${each}.example`, key: `mx.d${each}.example`, freshUntil }),
    );
    ids.push(...(await Promise.all(made)));
  }
  return ids;
}

/** Recipients that are due and wait for a host that nobody listens on. */
async function deadBacklog(store, client, backlog) {
  const site = { domain: 'dead.example', key: 'mx.dead.example', freshUntil: new Date(Date.now() + 86_400_000) };
  const queueId = await store.delivery.rememberSite(site);
  for (let from = 0; from < backlog; from += 500)
    await store.accept.accept(
      Array.from({ length: Math.min(500, backlog - from) }, (_, index) =>
        message({ to: `u${from + index}@dead.example`, domain: 'dead.example', queueId }),
      ),
    );
  // What so many rows at once leave to autovacuum is not what a dead site costs.
  await client.query('vacuum analyze');
  await store.notifyWork([queueId]);
}

/** Sends at a steady rate to domains at random; how long from the commit to the mail host. */
export async function measure({ name, messages, rate, store, queueIds, arrivals }) {
  const accepted = new Map();
  for (let number = 0; number < messages; number += 1) {
    const at = performance.now();
    const which = Math.floor(Math.random() * queueIds.length);
    const to = `${name}${number}@d${which}.example`;
    await store.accept.accept([message({ to, domain: `d${which}.example`, queueId: queueIds[which] })]);
    accepted.set(to, performance.now());
    await store.notifyWork([queueIds[which]]);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, 1_000 / rate - (performance.now() - at))));
  }
  const seen = () => [...accepted.keys()].filter((to) => arrivals.has(to)).length;
  let last = -1;
  await waitFor(() => last === (last = seen()), { what: 'the last to arrive', timeoutMs: 60_000, everyMs: 2_000 });
  const tookMs = [...accepted]
    .flatMap(([to, at]) => (arrivals.has(to) ? [arrivals.get(to) - at] : []))
    .toSorted((a, b) => a - b);
  const quantile = (share) => tookMs[Math.min(tookMs.length - 1, Math.floor(tookMs.length * share))] ?? Infinity;
  const [p50, p99] = [quantile(0.5), quantile(0.99)];
  console.log(
    `${name.padEnd(7)} ${tookMs.length} of ${messages} taken, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
  );
  return { p50, p99 };
}
