import { hashPassword } from '@postern/administration';
import { expect } from 'vitest';
import { cookieOf, EMAIL, PASSWORD, test } from '../testing/running-api.ts';

const PATH = '/api/v1/session';

test('whoever signs in has a session, until they sign out', async ({ api }) => {
  const signedIn = await api.ask('POST', PATH, { body: { email: 'OWNER@example.org', password: PASSWORD } });
  expect(signedIn).toMatchObject({ status: 200, body: { person: { email: EMAIL }, role: 'owner' } });
  const cookie = cookieOf(signedIn);
  expect(await api.ask('GET', PATH, { cookie })).toMatchObject({ status: 200, body: { person: { email: EMAIL } } });
  const signedOut = await api.ask('DELETE', PATH, { cookie, body: {} });
  expect(signedOut.status).toBe(204);
  expect(signedOut.headers.getSetCookie().join()).toContain('Max-Age=0');
  expect(await api.ask('GET', PATH, { cookie })).toMatchObject({ status: 401, body: { code: 'not-signed-in' } });
});

test('the cookie is for this host alone, hidden from scripts, and not sent along from other sites', async ({ api }) => {
  const body = { email: EMAIL, password: PASSWORD };
  const [cookie] = (await api.ask('POST', PATH, { body })).headers.getSetCookie();
  expect(cookie).toMatch(/^postern\.session_token=[^;]{40,};.*HttpOnly; SameSite=Strict$/);
  expect(cookie).not.toMatch(/Domain=/i);
  const behindTls = await api.ask('POST', PATH, { body, headers: { 'x-forwarded-proto': 'https' } });
  // RFC 6265bis §4.1.3.2: a name that a browser takes from this host alone.
  expect(behindTls.headers.getSetCookie()[0]).toMatch(/^__Host-postern\.session_token=.*; Path=\/;.*; Secure$/);
});

test('over TLS a cookie that a neighbour planted is nobody, and hides nobody', async ({ api }) => {
  const planted = await api.signIn();
  const headers = { 'x-forwarded-proto': 'https' };
  expect((await api.ask('GET', PATH, { cookie: planted, headers })).status).toBe(401);
  const ours = cookieOf(await api.ask('POST', PATH, { body: { email: EMAIL, password: PASSWORD }, headers }));
  await api.ask('DELETE', PATH, { cookie: planted, body: {} });
  expect((await api.ask('GET', PATH, { cookie: `${planted}; ${ours}`, headers })).status).toBe(200);
  expect((await api.ask('GET', PATH, { cookie: `${planted}; ${ours}` })).status, 'as pages are built').toBe(200);
});

test('a session ends after 30 days, however much it is used', async ({ api }) => {
  const cookie = await api.signIn();
  await api.store.pool.query("update sessions set created_at = now() - interval '29 days 23 hours'");
  const late = await api.ask('GET', PATH, { cookie });
  expect(late.status).toBe(200);
  const { expiresAt } = late.body as { readonly expiresAt: string };
  expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(3_600_000);
  await api.store.pool.query("update sessions set created_at = now() - interval '30 days'");
  expect((await api.ask('GET', PATH, { cookie })).status).toBe(401);
  expect((await api.store.pool.query('select 1 from sessions')).rowCount).toBe(0);
});

test('a password that is reset while sign-ins with it are under way leaves none of them behind', async ({ api }) => {
  const { id = '' } = (await api.store.admin.findAccount({ email: EMAIL })) ?? {};
  const body = { email: EMAIL, password: PASSWORD };
  const first = Array.from({ length: 24 }, () => api.ask('POST', PATH, { body }));
  await Promise.race(first);
  await api.store.admin.change(async (changes) => {
    await changes.setAccountPassword(id, await hashPassword('another password, quite long'));
    await changes.endSessions(id);
  });
  const after = await Promise.all(first);
  expect(after.length).toBe(24);
  expect((await api.store.pool.query('select 1 from sessions')).rowCount).toBe(0);
});

test('a session is always a new one, whatever cookie came along (fixation)', async ({ api }) => {
  const planted = await api.signIn();
  const answer = await api.ask('POST', PATH, { cookie: planted, body: { email: EMAIL, password: PASSWORD } });
  expect(cookieOf(answer)).not.toBe(planted);
});

test.for([
  ['no cookie', undefined],
  ['a made-up cookie', 'postern.session_token=abc'],
  ['a cookie with another signature', 'postern.session_token=abcdefghijklmnopqrstuvwxyzABCDEF.c2lnbmF0dXJl'],
] as const)('%s is nobody', async ([, cookie], { api }) => {
  expect(await api.ask('GET', PATH, cookie ? { cookie } : {})).toMatchObject({ status: 401 });
});

test('a cookie whose signature was cut off is nobody', async ({ api }) => {
  const cookie = await api.signIn();
  expect(await api.ask('GET', PATH, { cookie: cookie.replace(/\..{10}/, '.') })).toMatchObject({ status: 401 });
});

test('a wrong password and an unknown address are answered alike', async ({ api }) => {
  const wrong = await api.ask('POST', PATH, { body: { email: EMAIL, password: 'wrong wrong wrong' } });
  const unknown = await api.ask('POST', PATH, { body: { email: 'nobody@example.org', password: 'wrong wrong wrong' } });
  expect(wrong).toMatchObject({ status: 401, body: { code: 'sign-in-refused' } });
  expect(unknown.body).toEqual(wrong.body);
  expect(unknown.headers.getSetCookie()).toEqual([]);
});

test('guessing is throttled, also for the right password then, and told when to come back', async ({ api }) => {
  for (let n = 0; n < 5; n++) await api.ask('POST', PATH, { body: { email: EMAIL, password: `wrong wrong ${n}` } });
  const answer = await api.ask('POST', PATH, { body: { email: EMAIL, password: PASSWORD } });
  expect(answer).toMatchObject({ status: 429, body: { code: 'too-many-requests' } });
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  const told = await api.store.pool.query('select kind, subject_kind, subject_id, times from events');
  expect(told.rows).toEqual([{ kind: 'sign-in.throttled', subject_kind: 'sign-in', subject_id: 'console', times: 1 }]);
});

test('the address that is throttled is that of the browser, which the console tells', async ({ api }) => {
  const from = (address: string) => ({ 'x-forwarded-for': address });
  for (let n = 0; n < 6; n++) {
    await api.ask('POST', PATH, { body: { email: EMAIL, password: 'wrong wrong wrong' }, headers: from('192.0.2.1') });
  }
  const body = { email: EMAIL, password: PASSWORD };
  expect((await api.ask('POST', PATH, { body, headers: from('192.0.2.1') })).status).toBe(429);
  expect((await api.ask('POST', PATH, { body, headers: from('192.0.2.2') })).status).toBe(200);
});

test('an address that a client writes into the header itself is not believed', async ({ api }) => {
  const headers = { 'x-forwarded-for': '192.0.2.66, 203.0.113.9' };
  await api.ask('POST', PATH, { body: { email: EMAIL, password: PASSWORD }, headers });
  const { rows } = await api.store.pool.query(
    "select actor_address from audit_entries where action = 'session.sign-in'",
  );
  expect(rows).toEqual([{ actor_address: '203.0.113.9' }]);
});

test.for([
  [{}, ['body.email', 'body.password']],
  [{ email: EMAIL, password: 'x'.repeat(129) }, ['body.password']],
  [{ email: EMAIL, password: { $ne: null } }, ['body.password']],
  [{ email: [EMAIL], password: PASSWORD }, ['body.email']],
] as const)('%j is no sign-in', async ([body, fields], { api }) => {
  const answer = await api.ask('POST', PATH, { body });
  expect(answer).toMatchObject({ status: 400, body: { errors: fields.map((field) => ({ field })) } });
});

test('nobody can sign up, by no path', async ({ api }) => {
  const body = { email: 'x@example.org', password: PASSWORD, name: 'x', role: 'owner' };
  for (const path of ['/api/auth/sign-up/email', '/api/auth/sign-in/email'])
    expect((await api.ask('POST', path, { body })).status).toBe(404);
  expect((await api.ask('POST', '/api/v1/accounts', { body: { ...body, password: undefined } })).status).toBe(401);
  expect((await api.store.pool.query('select 1 from people')).rowCount).toBe(1);
});

test('signing in and out is in the audit, with the address; passwords and cookies are in no log', async ({ api }) => {
  const cookie = await api.signIn();
  await api.ask('DELETE', PATH, { cookie, body: {} });
  const { rows } = await api.store.pool.query(
    "select action, actor_name, actor_address from audit_entries where action like 'session.%' order by id",
  );
  expect(rows).toEqual([
    { action: 'session.sign-in', actor_name: EMAIL, actor_address: '127.0.0.1' },
    { action: 'session.sign-out', actor_name: EMAIL, actor_address: '127.0.0.1' },
  ]);
  await api.ask('POST', PATH, { body: { email: EMAIL, password: 'hunter2hunter2' } });
  for (const secret of [PASSWORD, 'hunter2hunter2', cookie.split('=')[1] ?? ''])
    expect(api.log()).not.toContain(secret);
});

test('one who changes their password stays signed in here and nowhere else, and the old one is refused', async ({
  api,
}) => {
  const here = await api.signIn();
  const elsewhere = await api.signIn();
  const wanted = 'another horse and battery';
  const change = (current: string) => api.ask('POST', `${PATH}/password`, { cookie: here, body: { current, wanted } });
  expect(await change('not this one')).toMatchObject({ status: 401, body: { code: 'sign-in-refused' } });
  const changed = await change(PASSWORD);
  expect(changed.status).toBe(204);
  expect((await api.ask('GET', PATH, { cookie: elsewhere })).status).toBe(401);
  expect((await api.ask('GET', PATH, { cookie: cookieOf(changed) })).status).toBe(200);
  expect((await api.ask('POST', PATH, { body: { email: EMAIL, password: PASSWORD } })).status).toBe(401);
  expect((await api.ask('POST', PATH, { body: { email: EMAIL, password: wanted } })).status).toBe(200);
});

test('who took over a session does not guess the password through it for long', async ({ api }) => {
  const cookie = await api.signIn();
  const body = { current: 'a guess', wanted: 'something of mine' };
  const statuses = [];
  for (let tries = 1; tries <= 6; tries += 1)
    statuses.push((await api.ask('POST', `${PATH}/password`, { cookie, body })).status);
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
});
