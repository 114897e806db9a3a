import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@postern/embedded-postgres';
import { Client } from 'pg';
import { tellProfiles } from './profile-summary.mjs';

const QUIET = { info: () => undefined, warn: () => undefined };
const STATEMENTS = 15;

/**
 * Has Postern's processes write a CPU profile each when they end (Node's --cpu-prof), and its PostgreSQL count what each
 * statement costs (pg_stat_statements).
 */
export async function startProfiling({ dataDir, folder }) {
  mkdirSync(folder, { recursive: true });
  await preloadStatementStatistics(dataDir);
  const query = (text) => asSuperuser(dataDir, 'postern', text);
  return {
    env: { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${folder}` },
    async beforeMeasurement() {
      await query('create extension if not exists pg_stat_statements');
      await query('select pg_stat_statements_reset()');
    },
    async afterMeasurement(mode) {
      console.log(`\nStatements, ${mode}:\n${tellStatements(await query(TOP_STATEMENTS))}`);
    },
    tell: async () => console.log(tellProfiles(folder)),
  };
}

/** The library must be there when the server starts: the cluster is made, told, and ended before Postern begins with it. */
async function preloadStatementStatistics(dataDir) {
  const server = await startEmbeddedPostgres({ dataDir, log: QUIET });
  try {
    await asSuperuser(dataDir, 'postgres', "alter system set shared_preload_libraries = 'pg_stat_statements'");
    await asSuperuser(dataDir, 'postgres', 'alter system set track_io_timing = on');
  } finally {
    await server.stop();
  }
}

async function asSuperuser(dataDir, database, text) {
  const cluster = join(dataDir, 'postgres/cluster');
  const { postgres: password } = JSON.parse(readFileSync(join(cluster, 'postern.passwords.json'), 'utf8'));
  const port = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[3]);
  const client = new Client({ host: '127.0.0.1', port, user: 'postgres', password, database });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

const TOP_STATEMENTS = `
  select calls, round(total_exec_time::numeric) as ms, round(mean_exec_time::numeric, 2) as mean, rows,
         wal_bytes, regexp_replace(left(query, 160), '\\s+', ' ', 'g') as query
    from pg_stat_statements order by total_exec_time desc limit ${STATEMENTS}`;

function tellStatements(rows) {
  return rows
    .map(
      (each) =>
        `  ${each.ms} ms in ${each.calls} calls (${each.mean} each, ${each.rows} rows, ${each.wal_bytes} octets of WAL): ${each.query}`,
    )
    .join('\n');
}
