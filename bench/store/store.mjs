import { mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startEmbeddedPostgres } from '@postern/embedded-postgres';
import { createStore, migrate } from '@postern/prisma-store';
import { endings } from '../endings.mjs';
import { spentBetween, total, treeCpuMs } from '../relay/cpu.mjs';
import { makeBacklog } from './backlog.mjs';
import { acceptAll, claimAll, recordAll, relayAll } from './steps.mjs';

const OPTIONS = {
  messages: { type: 'string', default: '30000' },
  backlog: { type: 'string', default: '0' },
  size: { type: 'string', default: '10240' },
  rounds: { type: 'string', default: '2' },
  queues: { type: 'string', default: '4' },
  help: { type: 'boolean', default: false },
};

const HELP = `npm run bench -- store [options]: the store alone, on an embedded PostgreSQL with fsync on

  --messages N   messages in each step (30000)
  --backlog N    recipients that are deferred meanwhile, in 10,000 queues (0)
  --size N       octets of content (10240)
  --rounds N     how often (2)
  --queues N     delivery queues that the messages go to (4)`;

/** `npm run bench -- store`: what accepting, claiming and recording cost. Answers the exit code. */
export async function main(parameters) {
  const { values } = parseArgs({ args: parameters, options: OPTIONS });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const { messages, backlog, size, rounds, queues } = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, Number(value)]),
  );
  const folder = mkdtempSync(join(tmpdir(), 'postern-bench-store-'));
  chmodSync(folder, 0o711);
  endings.add(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  const server = await startEmbeddedPostgres({ dataDir: folder, log: QUIET, durability: 'full' });
  endings.add(() => server.stop());
  await migrate({ databaseUrl: server.url, log: QUIET });
  const store = createStore({ databaseUrl: server.url, poolSize: 8, log: QUIET });
  endings.add(() => store.close());
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  endings.add(() => client.end());
  if (backlog > 0) await makeBacklog(client, backlog);
  const queueIds = await Promise.all(
    Array.from({ length: queues }, (_, index) =>
      store.delivery.rememberSite({
        domain: `dest${index}.example`,
        key: `mx${index}.example`,
        freshUntil: new Date(Date.now() + 86_400_000),
      }),
    ),
  );
  const about = { store, messages, sizeOctets: size, queueIds };
  console.log(
    `${'step'.padEnd(12)}${['messages/s', 'PostgreSQL µs', 'Node µs', 'WAL octets'].map((each) => each.padStart(15)).join('')}   per message, backlog ${backlog}`,
  );
  for (let round = 0; round < rounds; round += 1) {
    await report('accept', () => acceptAll(about), { server, client });
    const claims = [];
    await report('claim', () => claimAll(about, claims), { server, client });
    await report('record', () => recordAll(about, claims), { server, client });
    await report('all at once', () => relayAll(about), { server, client });
  }
  await client.query('analyze');
  const { rows } = await client.query(
    `select relname, n_tup_upd as updated, n_tup_hot_upd as hot, n_dead_tup as dead, pg_size_pretty(pg_total_relation_size(relid)) as size
     from pg_stat_user_tables where n_tup_ins > 0 order by pg_total_relation_size(relid) desc limit 8`,
  );
  console.table(rows);
  return 0;
}

const QUIET = { info: () => undefined, warn: (facts, event) => console.warn(event, facts) };

/** Runs a step that answers how many messages it moved, and prints what one of them cost. */
async function report(name, step, { server, client }) {
  const before = await reading(client, server);
  const count = await step();
  const after = await reading(client, server);
  const figures = [
    Math.round((count / (after.ms - before.ms)) * 1_000),
    Math.round((total(spentBetween(before.server, after.server)) / count) * 1_000),
    Math.round(((after.nodeMs - before.nodeMs) / count) * 1_000),
    Math.round((after.wal - before.wal) / count),
  ];
  console.log(`${name.padEnd(12)}${figures.map((each) => String(each).padStart(15)).join('')}`);
}

async function reading(client, server) {
  const { rows } = await client.query(`select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as wal`);
  const { user, system } = process.cpuUsage();
  return {
    wal: rows[0].wal,
    ms: performance.now(),
    nodeMs: (user + system) / 1_000,
    server: treeCpuMs([server.pid], () => 'postgres'),
  };
}
