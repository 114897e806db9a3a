import { expect } from 'vitest';
import { test } from '../testing/running-api.ts';

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

test('each list is exported to who may read it, and to nobody else; a query that is none is a problem, not a file', async ({
  api,
}) => {
  const lists = ['messages', 'bounces', 'bounces/returned', 'suppressions', 'events', 'audit', 'queues', 'credentials'];
  const paths = lists.map((list) => `/api/v1/${list}.csv`);
  const cookie = await api.signIn();
  for (const path of paths) {
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
  for (const path of paths) {
    const status = path.endsWith('/credentials.csv') ? 200 : 403;
    expect((await api.ask('GET', path, { cookie })).status, path).toBe(status);
  }
});
