import type { Account, OwnSecurity, Passkey, PasskeyCreation, PasskeyRequest } from '@postern/admin-contract';
import { cliActor, ensureFirstAccount, hashPassword } from '@postern/administration';
import { testDatabase } from '@postern/database';
import { logger } from '@postern/observability';
import { createStore, type Store } from '@postern/prisma-store';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startApi, type RunningApi } from '../start-api.ts';
import { configurationFor, cookieOf, EMAIL, PASSWORD, send, type Answer, type Ask } from '../testing/running-api.ts';
import { SoftPasskey, type Wrongly } from '../testing/soft-passkey.ts';

const ORIGIN = 'https://postern.example.org';
const SESSION = '/api/v1/session';
const KEYS = `${SESSION}/passkeys`;
const BEA = 'bea@example.org';

let url = '';
let logged = '';
let store: Store;
let api: RunningApi;
let database: Awaited<ReturnType<typeof testDatabase>>;

beforeAll(async () => {
  database = await testDatabase();
  const log = logger({ service: 'api', level: 'debug', to: { write: (line) => void (logged += line) } });
  store = createStore({ databaseUrl: database.url, poolSize: 2, log });
  api = await startApi(configurationFor(database.url, { POSTERN_CONSOLE_URL: ORIGIN }), log);
  url = api.urls[0] ?? '';
});

beforeEach(async () => {
  await store.pool.query('delete from people; delete from sign_in_tries; delete from passkey_challenges');
  await ensureFirstAccount({ store: store.admin, actor: cliActor('tests') }, { email: EMAIL, password: PASSWORD });
});

afterAll(async () => {
  await api.stop();
  await store.close();
  await database.close();
});

test('a passkey signs in by itself, as both factors, to a session like any other', async () => {
  const { device, passkey } = await withPasskey();
  const { answer } = await signInWith(device);
  expect(answer).toMatchObject({ status: 200, body: { person: { email: EMAIL }, role: 'owner' } });
  const cookie = cookieOf(answer);
  const { passkeys, sessions } = (await ask('GET', `${SESSION}/security`, { cookie })).body as OwnSecurity;
  expect(passkeys).toMatchObject([{ id: passkey.id, name: 'The key' }]);
  expect(passkeys[0]?.lastUsedAt).toMatch(/^20/);
  expect(sessions.filter(({ current }) => current)).toMatchObject([{ address: '127.0.0.1' }]);
  expect(answer.headers.getSetCookie().join('\n')).toMatch(/session_token=.*HttpOnly; SameSite=Strict/i);
  expect(await audit()).toEqual([
    ['session.sign-in', {}],
    ['account.add-passkey', { passkey: passkey.id, name: 'The key' }],
    ['session.sign-in', { by: 'passkey', passkey: 'The key' }],
  ]);
});

test('a passkey is asked for no code, and the password of the same account still is', async () => {
  const { device } = await withPasskey();
  await store.pool.query(`
    insert into second_factors (person_id, secret, backup_codes, verified) select id, '', '', true from people;
    update people set two_factor_enabled = true`);
  const withPassword = await ask('POST', SESSION, { body: { email: EMAIL, password: PASSWORD } });
  expect(withPassword).toMatchObject({ status: 401, body: { code: 'second-step-needed' } });
  expect((await signInWith(device)).answer.status).toBe(200);
});

test('every sign-in is a session of its own, and one that came along is not gone on with', async () => {
  const { device, cookie } = await withPasskey();
  const before = await sessionCount();
  const { answer } = await signInWith(device, {}, cookie);
  expect(await sessionCount()).toBe(before + 1);
  expect(cookieOf(answer)).not.toContain(cookie.split('=')[1]);
});

test.for<[string, Wrongly]>([
  ['at another site', { origin: 'https://postern.example.net' }],
  ['at another port', { origin: `${ORIGIN}:8443` }],
  ['in clear', { origin: 'http://postern.example.org' }],
  ['for another name', { rpId: 'example.org' }],
  ['for a new key', { type: 'webauthn.create' }],
  ['without knowing whose finger it was', { unverified: true }],
  ['with a count that did not go up', { counter: 1 }],
  ['for another challenge', { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
  ['for another person', { userHandle: 'AAAAAAAAAAAAAAAAAAAAAA' }],
])('what was signed %s signs nobody in, and the right key does afterwards', async ([, wrongly]) => {
  const { device } = await withPasskey();
  await signInWith(device);
  const before = await sessionCount();
  expect((await signInWith(device, wrongly)).answer).toMatchObject({ status: 401, body: { code: 'sign-in-refused' } });
  expect(await sessionCount()).toBe(before);
  expect((await signInWith(device)).answer.status).toBe(200);
});

test('a challenge is answered once, soon, and by the browser that asked for it', async () => {
  const { device } = await withPasskey();
  const { asked, bound, answer } = await signInWith(device);
  expect(answer.status).toBe(200);
  const again = (cookie: string) =>
    ask('POST', `${SESSION}/passkey`, { cookie, body: { credential: device.use(asked) } });
  expect(await again(bound), 'a second answer').toMatchObject({ status: 401, body: { code: 'sign-in-refused' } });

  const [mine, theirs] = [await begin(), await begin()];
  const credential = device.use(mine.asked);
  for (const cookie of ['', theirs.bound, 'postern.passkey=', 'postern.passkey=x'])
    expect((await ask('POST', `${SESSION}/passkey`, { cookie, body: { credential } })).status, cookie).toBe(401);

  await store.pool.query('delete from sign_in_tries');
  const late = await begin();
  await store.pool.query("update passkey_challenges set expires_at = now() - interval '1 second'");
  const body = { credential: device.use(late.asked) };
  expect(await ask('POST', `${SESSION}/passkey`, { cookie: late.bound, body })).toMatchObject({
    status: 401,
    body: { detail: expect.stringContaining('too long') },
  });
  await begin();
  expect((await store.pool.query('select 1 from passkey_challenges')).rowCount, 'what is over is forgotten').toBe(1);
});

test('of two answers at once to one challenge, one signs in', async () => {
  const { device } = await withPasskey();
  const { asked, bound } = await begin();
  const credentials = [device.use(asked), device.use(asked)];
  const answers = await Promise.all(
    credentials.map((credential) => ask('POST', `${SESSION}/passkey`, { cookie: bound, body: { credential } })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
});

test('a passkey that was removed, or whose account was, signs nobody in; removing it ends the other sessions', async () => {
  const { device, passkey, cookie } = await withPasskey();
  const elsewhere = cookieOf((await signInWith(device)).answer);
  const path = `${KEYS}/${passkey.id}/remove`;
  expect((await ask('POST', path, { cookie, body: { password: 'wrong wrong' } })).status).toBe(401);
  expect((await ask('POST', path, { cookie, body: {} })).status).toBe(400);
  expect((await ask('POST', path, { cookie, body: { password: PASSWORD } })).status).toBe(204);
  expect((await ask('GET', SESSION, { cookie: elsewhere })).status).toBe(401);
  expect((await ask('GET', SESSION, { cookie })).status).toBe(200);
  expect((await signInWith(device)).answer.status).toBe(401);
  expect((await audit()).at(-1)).toEqual(['account.remove-passkey', { ...passkeyFacts(passkey), sessionsEnded: 1 }]);

  const { device: theirs } = await withPasskey(await beaSignsIn());
  expect((await signInWith(theirs)).answer.status).toBe(200);
  await ask('POST', `/api/v1/accounts/${BEA}/remove`, { cookie, body: { reason: 'left' } });
  expect((await signInWith(theirs)).answer.status).toBe(401);
});

test("another person's passkey is not removed by its id, and is not added a second time", async () => {
  const { device, passkey } = await withPasskey();
  const bea = await beaSignsIn();
  const theirs = await ask('POST', `${KEYS}/${passkey.id}/remove`, { cookie: bea, body: { password: PASSWORD } });
  const none = await ask('POST', `${KEYS}/${crypto.randomUUID()}/remove`, {
    cookie: bea,
    body: { password: PASSWORD },
  });
  expect([theirs.status, theirs.text]).toEqual([404, none.text]);
  expect((await signInWith(device)).answer.status).toBe(200);
  const asked = await startWith(bea);
  const body = { name: 'Mine now', credential: device.make(asked) };
  expect(await ask('POST', KEYS, { cookie: bea, body })).toMatchObject({ status: 409, body: { code: 'conflict' } });
});

test('a passkey is added with the password, once for each challenge, in the session that asked', async () => {
  const cookie = await signIn(EMAIL);
  const device = new SoftPasskey(ORIGIN);
  expect((await ask('POST', `${KEYS}/challenge`, { cookie, body: { password: 'wrong wrong' } })).status).toBe(401);
  expect((await ask('POST', `${KEYS}/challenge`, { cookie, body: {} })).status).toBe(400);
  const other = await signIn(EMAIL);
  const asked = await startWith(cookie);
  expect(asked).toMatchObject({
    rp: { id: 'postern.example.org' },
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  const body = { name: 'The key', credential: device.make(asked) };
  expect((await ask('POST', KEYS, { cookie: other, body })).status, 'another session').toBe(401);
  expect((await ask('POST', KEYS, { cookie, body })).status).toBe(201);
  expect((await ask('POST', KEYS, { cookie, body })).status, 'the same again').toBe(401);
  expect((await startWith(cookie)).excludeCredentials, 'the device is told that it has one').toHaveLength(1);
});

test.for<[string, Wrongly]>([
  ['at another site', { origin: 'https://postern.example.net' }],
  ['for another name', { rpId: 'example.org' }],
  ['without knowing whose finger it was', { unverified: true }],
  ['for another challenge', { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
])('a key that was made %s is not added', async ([, wrongly]) => {
  const cookie = await signIn(EMAIL);
  const credential = new SoftPasskey(ORIGIN).make(await startWith(cookie), wrongly);
  expect((await ask('POST', KEYS, { cookie, body: { name: 'x', credential } })).status).toBe(401);
  expect((await store.pool.query('select 1 from passkeys')).rowCount).toBe(0);
});

test('what is no answer of a browser is told field by field, and is no fault of ours', async () => {
  const { device } = await withPasskey();
  const { asked, bound } = await begin();
  const good = device.use(asked);
  for (const response of [
    { ...good.response, signature: 'not base64url!' },
    { ...good.response, signature: 'x'.repeat(6_000) },
    {},
  ]) {
    const answer = await ask('POST', `${SESSION}/passkey`, {
      cookie: bound,
      body: { credential: { ...good, response } },
    });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    expect(answer.text).toContain('credential.response.');
  }
  for (const garbled of ['AA', 'e30', Buffer.from('{"type":1}').toString('base64url')]) {
    const { bound: cookie } = await begin();
    const response = { ...good.response, clientDataJSON: garbled, authenticatorData: garbled };
    const answer = await ask('POST', `${SESSION}/passkey`, { cookie, body: { credential: { ...good, response } } });
    expect(answer.status, garbled).toBe(401);
  }
});

test('keys that are none are slowed like guesses at passwords, and passwords through a session too', async () => {
  const { cookie } = await withPasskey();
  const stranger = new SoftPasskey(ORIGIN);
  const statuses = [];
  for (let n = 0; n < 7; n += 1) statuses.push((await signInWith(stranger)).answer.status);
  expect([statuses.slice(0, 5), statuses.at(-1)]).toEqual([[401, 401, 401, 401, 401], 429]);
  expect(logged).toMatch(/"why":"no account has this passkey".*"msg":"sign-in refused"/);
  const told = await store.pool.query(
    "select severity::text, times, text from events where kind = 'sign-in.throttled'",
  );
  // Not a row, nor a write, for each try.
  expect(told.rows).toEqual([{ severity: 'warning', times: 1, text: expect.stringContaining('127.0.0.1') }]);
  const guesses = [];
  for (let n = 0; n < 7; n += 1)
    guesses.push((await ask('POST', `${KEYS}/challenge`, { cookie, body: { password: `guess ${n}` } })).status);
  expect(guesses.at(-1)).toBe(429);
});

test('owners see who has passkeys, and take them all off', async () => {
  const owner = await signIn(EMAIL);
  const { device } = await withPasskey(await beaSignsIn());
  const path = `/api/v1/accounts/${BEA}`;
  expect((await ask('GET', path, { cookie: owner })).body).toMatchObject({ passkeys: 1 } satisfies Partial<Account>);
  const reset = await ask('POST', `${path}/reset-second-factor`, { cookie: owner, body: { reason: 'lost the bag' } });
  expect(reset).toMatchObject({ status: 200, body: { passkeys: 0, sessions: 0 } });
  expect((await signInWith(device)).answer.status).toBe(401);
  const facts = { authenticatorApp: false, passkeys: 1, sessionsEnded: 1 };
  expect((await audit()).at(-1)).toEqual(['account.reset-second-factor', facts]);
});

test('whoever comes by single sign-on alone has no passkey to go around it with', async () => {
  const cookie = await signIn(EMAIL);
  await store.pool.query("update sign_in_methods set provider_id = 'single-sign-on', password = null");
  const answer = await ask('POST', `${KEYS}/challenge`, { cookie, body: { password: PASSWORD } });
  expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringContaining('organisation') } });
});

test('an account has a number of passkeys that ends, and their keys are in no answer and no log', async () => {
  const { cookie, passkey } = await withPasskey();
  const copy = `insert into passkeys (person_id, credential_id, public_key, name)
    select person_id, 'copy' || n, public_key, name from passkeys, generate_series(1, 19) n`;
  await store.pool.query(copy);
  const credential = new SoftPasskey(ORIGIN).make(await startWith(cookie));
  const answer = await ask('POST', KEYS, { cookie, body: { name: 'one more', credential } });
  expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringContaining('20') } });
  const { rows } = await store.pool.query<{ key: string; name: string }>(
    "select encode(public_key, 'base64') as key, credential_id as name from passkeys where id = $1",
    [passkey.id],
  );
  const security = await ask('GET', `${SESSION}/security`, { cookie });
  for (const text of [security.text, logged]) {
    expect(text).not.toContain(rows[0]?.key);
    expect(text).not.toContain(rows[0]?.name);
  }
});

test('the sign-in page is told at which address passkeys work', async () => {
  expect((await ask('GET', `${SESSION}/ways`)).body).toMatchObject({ passkeysAt: ORIGIN });
});

test('without an address that has a name there are no passkeys, and the answer says what is missing', async () => {
  const log = logger({ service: 'api', level: 'silent' });
  for (const named of [{}, { POSTERN_CONSOLE_URL: 'http://127.0.0.1:3000' }]) {
    const nameless = await startApi(configurationFor(database.url, named), log);
    const at = nameless.urls[0] ?? '';
    expect((await send(`${at}${SESSION}/ways`, 'GET')).body).toMatchObject({ passkeysAt: null });
    expect(await send(`${at}${SESSION}/passkey/challenge`, 'POST')).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('POSTERN_CONSOLE_URL') },
    });
    await nameless.stop();
  }
});

function ask(method: string, path: string, options: Ask = {}): Promise<Answer> {
  return send(`${url}${path}`, method, options);
}

async function signIn(email: string): Promise<string> {
  return cookieOf(await ask('POST', SESSION, { body: { email, password: PASSWORD } }));
}

async function beaSignsIn(): Promise<string> {
  const passwordHash = await hashPassword(PASSWORD);
  await store.admin.change((changes) => changes.addAccount({ email: BEA, name: 'Bea', role: 'auditor', passwordHash }));
  return signIn(BEA);
}

async function startWith(cookie: string): Promise<PasskeyCreation> {
  const answer = await ask('POST', `${KEYS}/challenge`, { cookie, body: { password: PASSWORD } });
  expect(answer.status, answer.text).toBe(200);
  return answer.body as PasskeyCreation;
}

/** Whoever is signed in adds a passkey. */
async function withPasskey(given?: string) {
  const cookie = given ?? (await signIn(EMAIL));
  const device = new SoftPasskey(ORIGIN);
  const credential = device.make(await startWith(cookie));
  const added = await ask('POST', KEYS, { cookie, body: { name: 'The key', credential } });
  expect(added.status, added.text).toBe(201);
  return { cookie, device, passkey: added.body as Passkey };
}

async function begin() {
  const began = await ask('POST', `${SESSION}/passkey/challenge`);
  return { asked: began.body as PasskeyRequest, bound: cookieOf(began) };
}

async function signInWith(device: SoftPasskey, wrongly: Wrongly = {}, cookie = '') {
  const { asked, bound } = await begin();
  const cookies = [cookie, bound].filter(Boolean).join('; ');
  const answer = await ask('POST', `${SESSION}/passkey`, {
    cookie: cookies,
    body: { credential: device.use(asked, wrongly) },
  });
  return { asked, bound, answer };
}

async function sessionCount(): Promise<number> {
  return (await store.pool.query('select 1 from sessions')).rowCount ?? 0;
}

function passkeyFacts({ id, name }: Passkey) {
  return { passkey: id, name };
}

/** What stands in the audit since the account was made. */
async function audit(): Promise<readonly unknown[]> {
  const { rows } = await store.pool.query<{ action: string; facts: unknown }>(
    `select action, facts from audit_entries
     where id > (select max(id) from audit_entries where action = 'account.create' and actor_kind = 'cli') order by id`,
  );
  return rows.map(({ action, facts }) => [action, facts]);
}
