import { EXPORT_ROUTES } from '@postern/admin-contract';
import { permissionsOf } from '@postern/administration';
import { expect, vi } from 'vitest';
import { logger } from '@postern/observability';
import { startApi } from '../start-api.ts';
import { configurationFor, test, type RunningTestApi } from '../testing/running-api.ts';

const QUIET = logger({ service: 'api', level: 'silent' });

test('a list is downloaded as CSV, all of it, with what spreadsheets would run marked as text', async ({ api }) => {
  const cookie = await api.signIn();
  await api.store.pool.query(
    `insert into suppressions (id, address, scope, class, source, evidence, created_by)
     select gen_random_uuid(), 'a' || n || '@example.com', '*', 'manual', 'manual', '=cmd|''/c calc''!A' || n, 'tests'
     from generate_series(1, 450) n`,
  );
  const answer = await api.ask('GET', '/api/v1/suppressions.csv?contains=example', { cookie });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('text/csv; charset=utf-8');
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="suppressions.csv"');
  const lines = answer.text.split('\r\n');
  expect(lines[0]).toBe('address,scope,class,source,evidence,message,created at,created by,until');
  expect(lines).toHaveLength(452);
  expect(answer.text).not.toMatch(/,"?=cmd/);
  expect(lines[1]).toContain(`'=cmd|'/c calc'!A`);
  const other = await api.ask('GET', '/api/v1/suppressions.csv?contains=nowhere', { cookie });
  expect(other.text.split('\r\n')).toHaveLength(2);
});

test('of many exports at once four are under way, and one whose client leaves ends and makes room', async ({ api }) => {
  const cookie = await api.signIn();
  await fillLong(api);
  const path = '/api/v1/suppressions.csv';
  const leaving = Array.from({ length: 4 }, () => new AbortController());
  // Kept, for an answer that nobody holds is let go; and not read, so it waits.
  const held = await Promise.all(
    leaving.map(({ signal }) => fetch(`${api.url}${path}`, { headers: { cookie }, signal })),
  );
  const refused = await fetch(`${api.url}${path}`, { headers: { cookie } });
  expect([...held, refused].map(({ status }) => status)).toEqual([200, 200, 200, 200, 429]);
  expect(refused.headers.get('retry-after')).toBe('10');
  leaving[0]?.abort();
  await vi.waitFor(
    async () => {
      const answer = await fetch(`${api.url}${path}`, { headers: { cookie }, signal: leaving[1]?.signal ?? null });
      expect(answer.status).toBe(200);
    },
    { timeout: 10_000, interval: 100 },
  );
  for (const each of leaving) each.abort();
});

test('who stops reading a list is let go, and one who reads it slowly is not', async ({ api }) => {
  const cookie = await api.signIn();
  await fillLong(api);
  const other = await startApi(configurationFor(api.configuration.databaseUrl ?? ''), QUIET, { mostIdleMs: 500 });
  try {
    const path = `${other.urls[0]}/api/v1/suppressions.csv`;
    const stopped = await Promise.all(Array.from({ length: 4 }, () => fetch(path, { headers: { cookie } })));
    expect(stopped.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await fetch(path, { headers: { cookie } })).status).toBe(429);
    const slow = await vi.waitFor(
      async () => {
        const answer = await fetch(path, { headers: { cookie } });
        expect(answer.status).toBe(200);
        return answer;
      },
      { timeout: 10_000, interval: 100 },
    );
    let octets = 0;
    for await (const piece of slow.body ?? []) {
      octets += piece.length;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(octets).toBeGreaterThan(600 * 30_000);
    await expect(stopped[0]?.text()).rejects.toThrow();
  } finally {
    await other.stop();
  }
});

test('an API that ends does not wait for who takes a list slowly', async ({ api }) => {
  const cookie = await api.signIn();
  await fillLong(api);
  const other = await startApi(configurationFor(api.configuration.databaseUrl ?? ''), QUIET);
  const held = await fetch(`${other.urls[0]}/api/v1/suppressions.csv`, { headers: { cookie } });
  expect(held.status).toBe(200);
  const began = performance.now();
  await other.stop();
  expect(performance.now() - began).toBeLessThan(10_000);
  await expect(held.text()).rejects.toThrow();
});

/** More than the buffers between an API and a client that reads nothing hold. */
async function fillLong({ store }: RunningTestApi): Promise<void> {
  await store.pool.query(
    `insert into suppressions (id, address, scope, class, source, evidence, created_by)
     select gen_random_uuid(), 'a' || n || '@example.com', '*', 'manual', 'manual', repeat('x', 30000), 'tests'
     from generate_series(1, 600) n`,
  );
}

test('each list is exported to who may read it, and to nobody else; a query that is none is a problem, not a file', async ({
  api,
}) => {
  const exports = Object.values(EXPORT_ROUTES);
  const cookie = await api.signIn();
  for (const { path } of exports) {
    expect((await api.ask('GET', path)).status, path).toBe(401);
    const answer = await api.ask('GET', path, { cookie });
    expect(answer.status, path).toBe(200);
    expect(answer.text).toMatch(/^[a-z ,-]+\r\n/);
  }
  const answer = await api.ask('GET', '/api/v1/messages.csv?q=colour:red', { cookie });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: 'query.q' }] } });
  expect((await api.ask('GET', '/api/v1/audit.csv?limit=5', { cookie })).status).toBe(400);
  expect((await api.ask('GET', '/api/v1/bounces.csv?credential=nobody', { cookie })).status).toBe(404);
  await api.store.pool.query("update people set role = 'credentials'");
  for (const { path, permission } of exports) {
    const status = permissionsOf('credentials').has(permission) ? 200 : 403;
    expect((await api.ask('GET', path, { cookie })).status, path).toBe(status);
  }
});
