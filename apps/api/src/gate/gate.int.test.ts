import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import { ROUTES, type Route } from '@postern/admin-contract';
import { test } from '../testing/running-api.ts';

const CREATE = { name: 'app1', senderRules: ['@example.org'] };

test('without a session every route of the contract is refused, but the open ones', async ({ api }) => {
  for (const [name, route] of Object.entries<Route>(ROUTES)) {
    if (route.permission === 'anyone') continue;
    const answer = await api.ask(route.method, pathOf(route), route.method === 'GET' ? {} : { body: {} });
    expect(answer, name).toMatchObject({ status: 401, body: { code: 'not-signed-in' } });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  }
});

test('a header that a framework trusts opens nothing', async ({ api }) => {
  const headers = {
    'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy',
    'x-postern-client-address': '127.0.0.1',
    authorization: 'Bearer null',
    'x-http-method-override': 'GET',
    'x-original-url': '/health/live',
  };
  expect((await api.ask('GET', '/api/v1/queues', { headers })).status).toBe(401);
});

test.for([
  [{ origin: 'https://evil.example' }],
  [{ origin: 'null' }],
  [{ 'sec-fetch-site': 'cross-site' }],
  [{ 'sec-fetch-site': 'same-site', origin: 'https://other.example' }],
] as const)('a command from a page of another site is refused: %j', async ([headers], { api }) => {
  const cookie = await api.signIn();
  const answer = await api.ask('POST', '/api/v1/credentials', { cookie, body: CREATE, headers });
  expect(answer).toMatchObject({ status: 403, body: { code: 'cross-site-request' } });
  const signIn = await api.ask('POST', '/api/v1/session', { body: { email: 'a@b.example', password: 'x' }, headers });
  expect(signIn).toMatchObject({ status: 403, body: { code: 'cross-site-request' } });
});

test('a command from a page of our own is heard', async ({ api }) => {
  const cookie = await api.signIn();
  const origin = api.url;
  expect((await api.ask('POST', '/api/v1/credentials', { cookie, body: CREATE, headers: { origin } })).status).toBe(
    201,
  );
  const headers = { 'sec-fetch-site': 'same-origin', origin };
  expect((await api.ask('POST', '/api/v1/networks', { cookie, body: { cidr: '10.0.0.0/8' }, headers })).status).toBe(
    201,
  );
});

test.for(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
  'a body of %s is refused, as a form of another site would send it',
  async (type, { api }) => {
    const cookie = await api.signIn();
    const answer = await api.ask('POST', '/api/v1/credentials', {
      cookie,
      body: JSON.stringify(CREATE),
      headers: { 'content-type': type },
    });
    expect(answer).toMatchObject({
      status: 415,
      body: { code: 'unsupported-media-type', errors: [{ field: 'header.content-type' }] },
    });
  },
);

test.for([
  ['{', 400, 'invalid-request'],
  ['{"__proto__": {"role": "owner"}}', 400, 'invalid-request'],
  ['{"constructor": {"prototype": {"x": 1}}}', 400, 'invalid-request'],
  ['[]', 400, 'invalid-request'],
  ['null', 400, 'invalid-request'],
  [`{"name": "${'x'.repeat(1024 * 1024)}"}`, 413, 'too-large'],
] as const)('a body that is none is refused (%#)', async ([body, status, code], { api }) => {
  const cookie = await api.signIn();
  expect(await api.ask('POST', '/api/v1/credentials', { cookie, body })).toMatchObject({
    status,
    body: {
      code,
      errors: expect.arrayContaining([{ field: expect.stringMatching(/^body/), message: expect.any(String) }]),
    },
  });
});

test.for([
  ['/api/v1/messages/%ff', 400, 'path'],
  ['/api/v1/messages/%zz', 400, 'path'],
  [`/api/v1/credentials/${'a'.repeat(300)}`, 400, 'path'],
  [`/api/v1/messages?q=${'a'.repeat(20_000)}`, 413, 'header'],
] as const)('an address that is none is a problem too (%#)', async ([path, status, field], { api }) => {
  const answer = await api.ask('GET', path);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(answer).toMatchObject({ status, body: { status, errors: [{ field }] } });
});

test('what is no HTTP is told so, and the connection ends', async ({ api }) => {
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(api.url).port) });
  socket.end('EHLO mail.example\r\n');
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\ncontent-type: application\/problem\+json\r\n/);
});

test('what is not there is told from what cannot be done there', async ({ api }) => {
  const cookie = await api.signIn();
  expect(await api.ask('GET', '/api/v1/nothing', { cookie })).toMatchObject({
    status: 404,
    body: { code: 'not-found' },
  });
  const answer = await api.ask('DELETE', '/api/v1/queues', { cookie, body: {} });
  expect(answer).toMatchObject({ status: 405, body: { code: 'method-not-allowed' } });
  expect(answer.headers.get('allow')).toBe('GET');
});

test('every answer says that it is data, for nobody else and not to be kept', async ({ api }) => {
  for (const path of ['/api/v1/queues', '/health/live', '/nothing', '/api/openapi.json']) {
    const { headers } = await api.ask('GET', path);
    expect(headers.get('cache-control'), path).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('access-control-allow-origin')).toBeNull();
  }
});

test('a browser of another site that asks first (CORS) is told nothing', async ({ api }) => {
  const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
  const answer = await api.ask('OPTIONS', '/api/v1/credentials', { headers });
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  expect(answer.status).toBeGreaterThanOrEqual(400);
});

test('a role does what it may: an auditor reads, and is refused every command', async ({ api }) => {
  const cookie = await api.signIn();
  await api.store.pool.query("update people set role = 'auditor'");
  expect((await api.ask('GET', '/api/v1/queues', { cookie })).status).toBe(200);
  for (const [name, route] of Object.entries<Route>(ROUTES)) {
    // What only counts is read too, though it is asked with a body.
    if (!/:(?:write|command)$/.test(route.permission)) continue;
    const answer = await api.ask(route.method, pathOf(route), { cookie, body: {} });
    expect(answer, name).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  }
});

function pathOf(route: Route): string {
  const params: Record<string, string> = { id: route.tag === 'Queues' ? '1' : '0199a000-0000-7000-8000-000000000009' };
  return route.path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? 'x1');
}
