import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createProject, query } from './testing/project.mjs';

const ENGINE = fileURLToPath(new URL('./schema-engine.mjs', import.meta.url));
const ADMIN = process.env.POSTERN_TEST_DATABASE_URL;

describe.skipIf(!ADMIN)('the process of the schema engine', { timeout: 30_000 }, () => {
  let project;
  let url;
  beforeEach(async () => {
    project = await createProject(ADMIN);
    url = project.database();
  });
  afterEach(() => project.remove());

  it('creates, finds and drops a database by its sub-commands', async () => {
    expect(await end(start(url, 'cli', 'can-connect-to-database'))).toMatchObject({
      code: 1,
      errors: [expect.objectContaining({ error_code: 'P1003' })],
    });
    expect(await end(start(url, 'cli', 'create-database'))).toMatchObject({ code: 0, errors: [] });
    expect(await end(start(url, 'cli', 'can-connect-to-database'))).toMatchObject({ code: 0, errors: [] });
    expect(await end(start(url, 'cli', 'create-database'))).toMatchObject({
      code: 1,
      errors: [expect.objectContaining({ error_code: 'P1009' })],
    });
    expect(await end(start(url, 'cli', 'drop-database'))).toMatchObject({ code: 0, errors: [] });
    expect(await query(ADMIN, `SELECT 1 FROM pg_database WHERE datname = '${nameOf(url)}'`)).toEqual([]);
  });

  it('refuses a method that it does not have, and goes on', async () => {
    await end(start(url, 'cli', 'create-database'));
    const engine = start(url);
    send(engine, 1, 'nonsense', {});
    send(engine, 2, 'getDatabaseVersion', { datasource: { tag: 'ConnectionString', url } });
    engine.stdin.end();
    const { code, replies } = await end(engine);
    expect(code).toBe(0);
    expect(replies[0]).toMatchObject({ id: 1, error: { data: { message: expect.stringContaining('nonsense') } } });
    expect(replies[1]).toMatchObject({ id: 2, result: expect.stringContaining('PostgreSQL') });
  });

  it.each([
    ['panics', 'debugPanic', {}],
    ['is given what it cannot read', 'applyMigrations', { migrationsList: 'none' }],
  ])('ends as a panic when the engine %s', async (_, method, params) => {
    await end(start(url, 'cli', 'create-database'));
    const engine = start(url);
    send(engine, 1, method, params);
    expect(await end(engine)).toMatchObject({
      code: 101,
      replies: [],
      errors: [expect.objectContaining({ is_panic: true })],
    });
  });

  it('drops its shadow database when it is told to end in the middle', async () => {
    await end(start(url, 'cli', 'create-database'));
    const engine = start(url);
    send(engine, 1, 'devDiagnostic', {
      filters: { externalTables: [], externalEnums: [] },
      migrationsList: {
        baseDir: '/nowhere',
        lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
        shadowDbInitScript: '',
        migrationDirectories: [
          {
            path: '20260101000000_sleeps',
            migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: 'SELECT pg_sleep(60);' } },
          },
        ],
      },
    });
    await vi.waitFor(
      async () => {
        const [shadow] = await project.shadows();
        expect(await sleepers(shadow?.datname)).toHaveLength(1);
      },
      { timeout: 10_000 },
    );
    engine.kill('SIGTERM');
    await end(engine);
    expect(await project.shadows()).toEqual([]);
  });
});

const nameOf = (url) => new URL(url).pathname.slice(1);
const sleepers = (database) =>
  query(ADMIN, `SELECT 1 FROM pg_stat_activity WHERE datname = '${database}' AND query ~ 'pg_sleep'`);

function start(url, ...command) {
  return spawn(process.execPath, [ENGINE, '--datasource', JSON.stringify({ url }), ...command]);
}

function send(engine, id, method, params) {
  engine.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
}

/** Waits for the end: the exit code, the replies, and the fields of the errors logged. */
async function end(engine) {
  const [[code], stdout, stderr] = await Promise.all([once(engine, 'close'), text(engine.stdout), text(engine.stderr)]);
  const lines = (written) =>
    written
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  const errors = lines(stderr)
    .filter(({ level }) => level === 'ERROR')
    .map(({ fields }) => fields);
  return { code, replies: lines(stdout), errors };
}
