import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProject, query } from './testing/project.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ADMIN = process.env.POSTERN_TEST_DATABASE_URL;
const TABLES = "SELECT tablename AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')";

/** @type {Awaited<ReturnType<typeof createProject>>} */
let project;

const withSchema = (url, schema) => {
  const other = new URL(url);
  other.searchParams.set('schema', schema);
  return other.href;
};
const tablesOf = async (url) => (await query(url, TABLES)).map(({ name }) => name).toSorted();

describe.skipIf(!ADMIN)('the schema engine under the Prisma CLI', { timeout: 60_000 }, () => {
  beforeAll(async () => {
    project = await createProject(ADMIN);
    await project.write('list.prisma', 'model List {\n  id Int @id\n  name String\n}\n');
  });
  afterAll(() => project.remove());

  describe('in one project, from its first migration on', () => {
    let url;
    beforeAll(() => (url = project.database()));

    it('generates the client when no database is named', async () => {
      const { exitCode, output } = await project.prisma('generate');
      expect(output).toContain('Generated Prisma Client');
      expect(exitCode).toBe(0);
    });

    it('creates a missing database and the first migration', async () => {
      const { exitCode } = await project.prisma('migrate dev --name first', { url });
      expect(exitCode).toBe(0);
      expect(await project.migrations()).toEqual([expect.stringMatching(/^\d{14}_first$/)]);
      expect(await tablesOf(url)).toEqual(['List', '_prisma_migrations']);
    });

    it('makes no migration when the schema is as it was', async () => {
      const { output } = await project.prisma('migrate dev --name nothing', { url });
      expect(output).toContain('Already in sync');
      expect(await project.migrations()).toHaveLength(1);
    });

    it('makes a second migration of what changed', async () => {
      await project.write(
        'list.prisma',
        `model List {\n  id Int @id\n  name String\n  kind Kind @default(PLAIN)\n  entries Entry[]\n}\nenum Kind {\n  PLAIN\n  ODD\n}\n`,
      );
      await project.write(
        'entry.prisma',
        `model Entry {\n  id BigInt @id @default(autoincrement())\n  list List @relation(fields: [listId], references: [id], onDelete: Cascade)\n  listId Int\n  tags String[]\n  at DateTime @default(now()) @db.Timestamptz(6)\n  @@index([listId, at])\n}\n`,
      );
      const { exitCode } = await project.prisma('migrate dev --name second', { url });
      expect(exitCode).toBe(0);
      expect(await project.migrations()).toHaveLength(2);
      expect(await tablesOf(url)).toEqual(['Entry', 'List', '_prisma_migrations']);
    });

    it('finds the database as the schema says', async () => {
      const status = await project.prisma('migrate status', { url });
      expect(status.output).toContain('up to date');
      const diff = await project.prisma('migrate diff --from-config-datasource --to-schema prisma/schema --exit-code', {
        url,
      });
      expect(diff).toMatchObject({ exitCode: 0, output: expect.stringContaining('No difference detected') });
      const replayed = await project.prisma(
        'migrate diff --from-migrations prisma/migrations --to-schema prisma/schema --exit-code',
        { url },
      );
      expect(replayed.exitCode).toBe(0);
    });

    it('reads every table, relation and enum of the database back', async () => {
      const { exitCode, output } = await project.prisma('db pull --print', { url });
      expect(exitCode).toBe(0);
      expect(output).toMatch(/model Entry \{[^}]*onDelete: Cascade[^}]*@@index\(\[listId, at\]\)/);
      expect(output).toMatch(/enum Kind \{\s+PLAIN\s+ODD/);
    });

    it('tells a change that no migration made, and its script', async () => {
      await query(url, 'ALTER TABLE "List" ADD COLUMN stray integer');
      const { exitCode, output } = await project.prisma(
        'migrate diff --from-config-datasource --to-schema prisma/schema --script --exit-code',
        { url },
      );
      expect(exitCode).toBe(2);
      expect(output).toContain('ALTER TABLE "List" DROP COLUMN "stray"');
    });

    it('resets to what the migrations make', async () => {
      const { exitCode } = await project.prisma('migrate reset --force', { url });
      expect(exitCode).toBe(0);
      expect(await query(url, "SELECT 1 FROM information_schema.columns WHERE column_name = 'stray'")).toEqual([]);
    });

    it('runs a script that is no migration', async () => {
      await project.write('../seed.sql', `INSERT INTO "List" VALUES (1, 'a;b'); INSERT INTO "List" VALUES (2, 'c');`);
      const { exitCode } = await project.prisma('db execute --file prisma/seed.sql', { url });
      expect(exitCode).toBe(0);
      expect(await query(url, 'SELECT name FROM "List" ORDER BY id')).toEqual([{ name: 'a;b' }, { name: 'c' }]);
    });

    it('refuses to lose data without being told to', async () => {
      await project.write('list.prisma', 'model List {\n  id Int @id\n}\n');
      await project.write('entry.prisma', '');
      const refused = await project.prisma('db push', { url });
      expect(refused.exitCode).not.toBe(0);
      expect(refused.output).toContain('data loss');
      const { exitCode } = await project.prisma('db push --accept-data-loss', { url });
      expect(exitCode).toBe(0);
      expect(await tablesOf(url)).toEqual(['List', '_prisma_migrations']);
    });
  });

  describe('deploying migrations written by hand', () => {
    /** @type {Awaited<ReturnType<typeof createProject>>} */
    let deployed;
    beforeAll(async () => {
      deployed = await createProject(ADMIN);
      await deployed.write('../migrations/migration_lock.toml', 'provider = "postgresql"\n');
      await deployed.migration('20260101000000_first', 'CREATE TABLE first (id integer);');
    });
    afterAll(() => deployed.remove());

    it('applies each once when three deploy at once', async () => {
      const url = deployed.database();
      await deployed.create(url);
      await deployed.migration('20260101000001_slow', 'SELECT pg_sleep(1); CREATE TABLE slow (id integer);');
      const ends = await Promise.all([1, 2, 3].map(() => deployed.prisma('migrate deploy', { url })));
      expect(ends.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
      expect(
        await query(url, 'SELECT migration_name, finished_at IS NOT NULL AS done FROM _prisma_migrations'),
      ).toEqual([
        { migration_name: '20260101000000_first', done: true },
        { migration_name: '20260101000001_slow', done: true },
      ]);
    });

    it('sends a body between dollar signs whole', async () => {
      const url = deployed.database();
      await deployed.migration(
        '20260101000002_body',
        `DO $$\nBEGIN\n  CREATE TABLE inside (id integer);\n  INSERT INTO inside VALUES (1); -- one; two\nEND;\n$$;\nCREATE FUNCTION answer() RETURNS integer LANGUAGE plpgsql AS $f$ BEGIN PERFORM 1; RETURN 42; END; $f$;\n`,
      );
      expect(await deployed.prisma('migrate deploy', { url })).toMatchObject({ exitCode: 0 });
      expect(await query(url, 'SELECT id, answer() FROM inside')).toEqual([{ id: 1, answer: 42 }]);
    });

    it('leaves nothing of a migration that fails, names its line, and goes on when it is mended', async () => {
      const url = deployed.database();
      const half = 'CREATE TABLE half (id integer);\nINSERT INTO half VALUES (1);\n';
      await deployed.migration('20260101000003_broken', `${half}CREATE TABEL other (id integer);\n`);
      const failed = await deployed.prisma('migrate deploy', { url });
      expect(failed.exitCode).toBe(1);
      expect(failed.output).toMatch(/P3018[^]*20260101000003_broken[^]*42601[^]*3 CREATE TABEL other/);
      expect(await tablesOf(url)).not.toContain('half');

      const again = await deployed.prisma('migrate deploy', { url });
      expect(again).toMatchObject({ exitCode: 1, output: expect.stringContaining('P3009') });

      await deployed.migration('20260101000003_broken', half);
      await deployed.prisma('migrate resolve --rolled-back 20260101000003_broken', { url });
      expect(await deployed.prisma('migrate deploy', { url })).toMatchObject({ exitCode: 0 });
      expect(await tablesOf(url)).toContain('half');
    });

    it('records the failure of a migration that had opened a transaction of its own', async () => {
      const url = deployed.database();
      await deployed.migration(
        '20260101000004_begins',
        'BEGIN;\nCREATE TABLE begun (id integer);\nSELECT 1/0;\nCOMMIT;\n',
      );
      expect((await deployed.prisma('migrate deploy', { url })).output).toContain('P3018');
      expect(await tablesOf(url)).not.toContain('begun');
      expect(await query(url, 'SELECT logs FROM _prisma_migrations WHERE finished_at IS NULL')).toEqual([
        { logs: expect.stringContaining('division by zero') },
      ]);
      await deployed.migration('20260101000004_begins', 'SELECT 1;');
    });

    it('keeps to the schema that the connection string names', async () => {
      const url = withSchema(deployed.database(), 'apart');
      expect(await deployed.prisma('migrate deploy', { url })).toMatchObject({ exitCode: 0 });
      expect(
        await query(url, `SELECT schemaname FROM pg_tables WHERE tablename IN ('first', '_prisma_migrations')`),
      ).toEqual([{ schemaname: 'apart' }, { schemaname: 'apart' }]);
    });
  });

  it("deploys this repository's migrations to an empty database", async () => {
    const url = project.database();
    expect(await project.prisma('migrate deploy', { url, cwd: ROOT })).toMatchObject({ exitCode: 0 });
    const { output } = await project.prisma('migrate status', { url, cwd: ROOT });
    expect(output).toContain('up to date');
  });

  it('says where no server answers', async () => {
    const { exitCode, output } = await project.prisma('migrate deploy', {
      url: 'postgresql://nobody@127.0.0.1:1/none',
    });
    expect(exitCode).toBe(1);
    expect(output).toMatch(/P1001[^]*127\.0\.0\.1:1/);
  });

  it('leaves no shadow database behind', async () => {
    expect(await project.shadows()).toEqual([]);
  });
});
