import { PERMISSIONS, ROLES, ROUTES, type Role, type Route } from '@postern/admin-contract';
import { hashPassword, permissionsOf } from '@postern/administration';
import { testDatabase } from '@postern/database';
import { logger } from '@postern/observability';
import { createStore, type Store } from '@postern/prisma-store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type RunningApi } from '../start-api.ts';
import { configurationFor, PASSWORD } from '../testing/running-api.ts';

const NAMES = Object.entries<Route>(ROUTES);
const CHANGING = NAMES.filter(([, { method }]) => method !== 'GET');

let url = '';
let logged = '';
let store: Store;
let api: RunningApi;
let database: Awaited<ReturnType<typeof testDatabase>>;
const cookies = new Map<Role, string>();

beforeAll(async () => {
  database = await testDatabase();
  const log = logger({ service: 'api', level: 'debug', to: { write: (line) => void (logged += line) } });
  store = createStore({ databaseUrl: database.url, poolSize: 2, log });
  const passwordHash = await hashPassword(PASSWORD);
  for (const role of ROLES)
    await store.admin.change((changes) =>
      changes.addAccount({ email: `${role}@example.org`, name: role, role, passwordHash }),
    );
  api = await startApi(configurationFor(database.url), log);
  url = api.urls[0] ?? '';
  for (const role of ROLES) {
    const answer = await ask('POST', '/api/v1/session', { body: { email: `${role}@example.org`, password: PASSWORD } });
    cookies.set(role, answer.headers.getSetCookie()[0]?.split(';')[0] ?? '');
  }
});

afterAll(async () => {
  await api.stop();
  await store.close();
  await database.close();
});

test('without a session or a key every route but the open ones is refused', async () => {
  for (const [name, route] of NAMES) {
    if (route.permission === 'anyone') continue;
    expect((await askRoute(route)).status, name).toBe(401);
  }
});

test.for(ROLES)('the role %s is heard where it may, and refused everywhere else', async (role) => {
  for (const [name, route] of NAMES) {
    const { permission } = route;
    if (permission === 'anyone' || permission === 'signed-in') continue;
    const answer = await askRoute(route, { cookie: cookies.get(role) });
    if (permissionsOf(role).has(permission)) expect(answer.status, `${role} may ${name}`).not.toBe(403);
    else expect(answer.status, `${role} may not ${name}`).toBe(403);
    expect(answer.status, name).toBeLessThan(500);
  }
});

test('an API key is heard on the routes of its permission, and without that permission on none of them', async () => {
  for (const permission of PERMISSIONS) {
    const others = PERMISSIONS.filter((each) => each !== permission);
    const [only, without] = [
      await keyOf(`with-${permission}`, [permission]),
      await keyOf(`without-${permission}`, others),
    ];
    for (const [name, route] of NAMES) {
      if (route.permission !== permission) continue;
      const heard = await askRoute(route, { headers: only });
      expect([401, 403], `${name} with ${permission}`).not.toContain(heard.status);
      expect((await askRoute(route, { headers: without })).status, `${name} without ${permission}`).toBe(403);
    }
  }
});

test('what the roles may do is what is written here', () => {
  const reads = PERMISSIONS.filter((each) => each.endsWith(':read'));
  expect([...permissionsOf('owner')]).toEqual([...PERMISSIONS]);
  expect([...permissionsOf('auditor')]).toEqual(reads);
  for (const each of permissionsOf('operator')) expect(each).toMatch(/:(?:read|command|content)$|^bounces:/);
  for (const each of permissionsOf('credentials')) expect(each).toMatch(/^(?:ledger|credentials|networks):/);
});

test.for([
  [{ 'sec-fetch-site': 'cross-site' }],
  [{ 'sec-fetch-site': 'same-site' }],
  [{ origin: 'https://evil.example' }],
  [{ origin: 'null' }],
] as const)('no route that changes something is heard from another site: %j', async ([headers]) => {
  for (const [name, route] of CHANGING) {
    const answer = await askRoute(route, { cookie: cookies.get('owner'), headers });
    expect(answer.status, name).toBe(403);
    expect(await answer.json(), name).toMatchObject({ code: 'cross-site-request' });
  }
});

test('a field that a route does not know is refused, whatever it is called', async () => {
  for (const [name, route] of NAMES) {
    if (!route.body || route.permission === 'anyone') continue;
    const planted = { role: 'owner', id: 'x', isAdmin: true, permissions: ['accounts:write'], createdBy: 'me' };
    const unknown = Object.fromEntries(
      Object.entries(planted).filter(([field]) => !(field in (route.body?.shape ?? {}))),
    );
    const answer = await askRoute(route, { cookie: cookies.get('owner'), body: unknown });
    expect(answer.status, name).toBe(400);
    const { errors } = (await answer.json()) as { readonly errors: readonly { readonly field: string }[] };
    const named = errors.map(({ field }) => field);
    for (const field of Object.keys(unknown)) expect(named, name).toContain(`body.${field}`);
  }
});

test('the header that a framework once took for its own opens nothing', async () => {
  const headers = { 'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware' };
  for (const [name, route] of NAMES) {
    if (route.permission === 'anyone') continue;
    expect((await askRoute(route, { headers })).status, name).toBe(401);
  }
});

test('what stands in a path is a name, and never a part of a question', async () => {
  const hostile = ["' or 1=1 --", '../../etc/passwd', '%00', '1; drop table people', '\u202e', 'a'.repeat(250)];
  for (const [name, route] of NAMES) {
    if (!route.params || route.method !== 'GET' || route.stream) continue;
    for (const text of hostile) {
      const path = route.path.replace(/\{\w+\}/g, encodeURIComponent(text));
      const { status } = await ask('GET', path, { cookie: cookies.get('owner') });
      expect([200, 400, 404, 409], `${name} ${text}`).toContain(status);
    }
  }
  expect((await store.pool.query('select 1 from people')).rowCount).toBe(ROLES.length);
});

test('the audit takes no change and no removal, not even from who holds the database', async () => {
  expect((await store.pool.query('select 1 from audit_entries limit 1')).rowCount).toBe(1);
  for (const sql of [
    "update audit_entries set actor_name = 'x'",
    'delete from audit_entries',
    'truncate audit_entries',
  ])
    await expect(store.pool.query(sql), sql).rejects.toThrow(/audit/i);
});

test('secrets are in no log, no metric and no problem', async () => {
  const metrics = await (await ask('GET', '/metrics')).text();
  const { rows } = await store.pool.query<{ secret: string }>(
    'select token as secret from sessions union all select password from sign_in_methods',
  );
  const secrets = [PASSWORD, 'a secret that only tests have, and long', ...rows.map(({ secret }) => secret)];
  const wrong = await ask('POST', '/api/v1/session', {
    body: { email: 'owner@example.org', password: `${PASSWORD}!` },
  });
  for (const text of [logged, metrics, await wrong.text()])
    for (const secret of secrets) expect(text.includes(secret), 'a secret was told').toBe(false);
  expect(metrics).not.toMatch(/@example\.org|postgres(?:ql)?:\/\//);
});

async function keyOf(name: string, permissions: readonly string[]): Promise<Record<string, string>> {
  const answer = await ask('POST', '/api/v1/api-keys', {
    cookie: cookies.get('owner'),
    body: { name: name.replace(':', '-'), permissions },
  });
  const { key } = (await answer.json()) as { readonly key: string };
  return { authorization: `Bearer ${key}` };
}

interface Asked {
  readonly cookie?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Asks a route with names of nothing and an empty body: what may not be done is refused before it is looked at. */
function askRoute(route: Route, asked: Asked = {}): Promise<Response> {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === 'id' && route.tag === 'Queues' ? '999999' : '0199a000-0000-7000-8000-000000000009',
  );
  return ask(route.method, path, route.method === 'GET' ? asked : { body: {}, ...asked });
}

async function ask(method: string, path: string, { cookie, headers, body }: Asked = {}): Promise<Response> {
  const aborted = new AbortController();
  const answer = await fetch(`${url}${path}`, {
    method,
    signal: aborted.signal,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(cookie ? { cookie } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  // A stream has no end of its own.
  if (answer.headers.get('content-type')?.includes('event-stream')) aborted.abort();
  return answer;
}
