import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * A copy of the configuration and the engine with a schema of its own and no migrations, to run the Prisma CLI in,
 * and databases of its own.
 *
 * @param {string} admin connection string of someone who may create databases
 */
export async function createProject(admin) {
  const folder = await mkdtemp(join(tmpdir(), 'postern-prisma-'));
  await cp(join(ROOT, 'prisma.config.ts'), join(folder, 'prisma.config.ts'));
  await cp(join(ROOT, 'prisma/engine'), join(folder, 'prisma/engine'), { recursive: true });
  await cp(join(ROOT, 'prisma/schema/base.prisma'), join(folder, 'prisma/schema/base.prisma'));
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const prefix = `postern_prisma_${randomUUID().replaceAll('-', '')}`;
  const databases = [];

  return {
    folder,
    /** The connection string of a database that does not exist yet. */
    database() {
      const name = `${prefix}_${databases.length}`;
      databases.push(name);
      return Object.assign(new URL(admin), { pathname: `/${name}` }).href;
    },
    create: (url) => query(admin, `CREATE DATABASE ${new URL(url).pathname.slice(1)}`),
    /** The shadow databases of this project that are there now. */
    shadows: () =>
      query(
        admin,
        `SELECT datname FROM pg_database WHERE shobj_description(oid, 'pg_database') ~ 'prisma migrate .* ${prefix}'`,
      ),
    write: (name, content) => write(join(folder, 'prisma/schema', name), content),
    migration: (name, sql) => write(join(folder, 'prisma/migrations', name, 'migration.sql'), sql),
    migrations: async () => (await readdir(join(folder, 'prisma/migrations'))).filter((name) => /^\d/.test(name)),
    /** Runs the CLI here; the answer has everything that it wrote, and its exit code. */
    prisma: (command, { url, cwd = folder } = {}) => run('prisma/build/index.js', command.split(' '), { cwd, url }),
    async remove() {
      for (const name of databases) await query(admin, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await rm(folder, { recursive: true });
    },
  };
}

/** The rows of one statement. */
export async function query(url, statement) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

async function write(path, content) {
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, content);
}

function run(script, parameters, { cwd, url }) {
  const env = {
    HOME: process.env.HOME,
    PATH: [join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter),
    ...(url ? { DATABASE_URL: url } : {}),
  };
  return new Promise((resolve) => {
    execFile('node', [join(ROOT, 'node_modules', script), ...parameters], { cwd, env }, (error, stdout, stderr) => {
      resolve({ exitCode: error?.code ?? 0, output: `${stdout}${stderr}` });
    });
  });
}
