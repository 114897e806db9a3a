import type { NewAuthenticator } from '@postern/admin-contract';
import { expect } from 'vitest';
import { codeOf } from '../testing/authenticator.ts';
import { cookieOf, EMAIL, PASSWORD, test, type RunningTestApi } from '../testing/running-api.ts';

const SESSION = '/api/v1/session';
const APP = `${SESSION}/authenticator`;
const PLAIN = { email: EMAIL, password: PASSWORD };

test('with an authenticator app a password alone signs nobody in, and a code with it does', async ({ api }) => {
  const { secret } = await withApp(api);
  const first = await api.ask('POST', SESSION, { body: PLAIN });
  expect(first).toMatchObject({ status: 401, body: { code: 'second-step-needed' } });
  const cookie = cookieOf(first);
  expect((await api.ask('GET', SESSION, { cookie })).status).toBe(401);
  const second = await api.ask('POST', `${SESSION}/second-step`, { cookie, body: { code: codeOf(secret, 1) } });
  expect(second).toMatchObject({ status: 200, body: { person: { email: EMAIL } } });
  expect((await api.ask('GET', SESSION, { cookie: cookieOf(second) })).status).toBe(200);
  const { rows } = await api.store.pool.query(
    "select facts from audit_entries where action = 'session.sign-in' order by id",
  );
  expect(rows.at(-1)).toEqual({ facts: { secondStep: 'authenticator' } });
});

test('a code that signed somebody in is not good again, and neither is the one that set the app up', async ({
  api,
}) => {
  const { secret, setUpWith } = await withApp(api);
  const answers = async (code: string) => {
    const cookie = cookieOf(await api.ask('POST', SESSION, { body: PLAIN }));
    return api.ask('POST', `${SESSION}/second-step`, { cookie, body: { code } });
  };
  expect(await answers(setUpWith)).toMatchObject({ status: 401, body: { code: 'sign-in-refused' } });
  const code = codeOf(secret, 1);
  expect((await answers(code)).status).toBe(200);
  const before = await sessionsOf(api);
  const replayed = await answers(code);
  expect(replayed).toMatchObject({ status: 401, body: { code: 'sign-in-refused' } });
  expect(cookieOf(replayed)).not.toContain('session_token=ey');
  expect(await sessionsOf(api), 'what began by it has ended').toBe(before);
});

test('a code, and a recovery code, shown twice at the same time sign in once', async ({ api }) => {
  const { secret, recoveryCodes } = await withApp(api);
  for (const code of [codeOf(secret, 1), recoveryCodes[0] ?? '']) {
    const steps = await Promise.all([1, 2].map(async () => cookieOf(await api.ask('POST', SESSION, { body: PLAIN }))));
    const answers = steps.map((cookie) => api.ask('POST', `${SESSION}/second-step`, { cookie, body: { code } }));
    expect((await Promise.all(answers)).filter(({ status }) => status === 200).length, code.slice(0, 1)).toBe(1);
  }
});

test('a sign-in that waits for its second step ends with the password that began it', async ({ api }) => {
  const { secret, cookie } = await withApp(api);
  const waiting = async () => cookieOf(await api.ask('POST', SESSION, { body: PLAIN }));
  const before = await waiting();
  const current = { current: PASSWORD, wanted: 'another password, quite long' };
  const changed = await api.ask('POST', `${SESSION}/password`, { cookie, body: current });
  expect(changed.status).toBe(204);
  const body = { code: codeOf(secret, 1) };
  expect((await api.ask('POST', `${SESSION}/second-step`, { cookie: before, body })).status).toBe(401);
});

test('the second step is not taken with a session, which would confirm an app beside the audit', async ({ api }) => {
  const cookie = await api.signIn();
  const made = (await api.ask('POST', APP, { cookie, body: { password: PASSWORD } })).body as NewAuthenticator;
  const body = { code: codeOf(made.secret) };
  expect((await api.ask('POST', `${SESSION}/second-step`, { cookie, body })).status).toBe(401);
  expect((await api.ask('POST', SESSION, { body: PLAIN })).status, 'no app yet').toBe(200);
});

test('a recovery code signs in once', async ({ api }) => {
  const { recoveryCodes } = await withApp(api);
  expect(new Set(recoveryCodes).size).toBe(10);
  const code = recoveryCodes[0] ?? '';
  const answer = async () => {
    const cookie = cookieOf(await api.ask('POST', SESSION, { body: PLAIN }));
    return (await api.ask('POST', `${SESSION}/second-step`, { cookie, body: { code } })).status;
  };
  expect(await answer()).toBe(200);
  expect(await answer()).toBe(401);
});

test('codes are not guessed for long: the step ends, and so do further ones', async ({ api }) => {
  await withApp(api);
  const statuses = [];
  for (let round = 0; round < 3; round += 1) {
    const first = await api.ask('POST', SESSION, { body: PLAIN });
    for (let n = 0; n < 6 && first.status === 401; n += 1) {
      const code = String(100_000 + round * 10 + n);
      const answer = await api.ask('POST', `${SESSION}/second-step`, { cookie: cookieOf(first), body: { code } });
      statuses.push(answer.status);
    }
  }
  expect(statuses).not.toContain(200);
  expect(statuses).toContain(429);
  const { rows } = await api.store.pool.query('select locked_until > now() as locked from second_factors');
  expect(rows).toEqual([{ locked: true }]);
});

test('without the cookie of the first step there is no second one', async ({ api }) => {
  const { secret } = await withApp(api);
  const body = { code: codeOf(secret, 1) };
  for (const cookie of [undefined, 'postern.two_factor=abc.def'])
    expect((await api.ask('POST', `${SESSION}/second-step`, { body, ...(cookie ? { cookie } : {}) })).status).toBe(401);
});

test('setting the app up wants the password and a code, and ends the other sessions', async ({ api }) => {
  const elsewhere = await api.signIn();
  const cookie = await api.signIn();
  expect((await api.ask('POST', APP, { cookie, body: { password: 'wrong wrong' } })).status).toBe(401);
  expect((await api.ask('POST', APP, { cookie, body: {} })).status).toBe(401);
  const made = (await api.ask('POST', APP, { cookie, body: { password: PASSWORD } })).body as NewAuthenticator;
  expect(made.uri).toMatch(/^otpauth:\/\/totp\/Postern:/);
  // Until it is confirmed a password is enough: whoever leaves the page half-way is not locked out.
  expect((await api.ask('POST', SESSION, { body: PLAIN })).status).toBe(200);
  expect((await api.ask('POST', `${APP}/confirm`, { cookie, body: { code: '000000' } })).status).toBe(401);
  const done = await api.ask('POST', `${APP}/confirm`, { cookie, body: { code: codeOf(made.secret) } });
  expect(done.status).toBe(204);
  expect((await api.ask('GET', SESSION, { cookie: elsewhere })).status).toBe(401);
  expect((await api.ask('GET', SESSION, { cookie })).status, 'the session is another one now').toBe(401);
  expect((await api.ask('GET', SESSION, { cookie: cookieOf(done) })).status).toBe(200);
});

test('the secret and the codes are in no table as they are, in no log and in no later answer', async ({ api }) => {
  const { secret, recoveryCodes, cookie } = await withApp(api);
  const { rows } = await api.store.pool.query<{ row: string }>('select f::text as row from second_factors f');
  const security = await api.ask('GET', `${SESSION}/security`, { cookie });
  for (const shown of [rows[0]?.row ?? '', api.log(), security.text])
    for (const text of [secret, recoveryCodes[0] ?? '']) expect(shown).not.toContain(text);
});

test('an app is removed with the password, and recovery codes are renewed with it', async ({ api }) => {
  const { cookie, recoveryCodes } = await withApp(api);
  const renewed = await api.ask('POST', `${SESSION}/recovery-codes`, { cookie, body: { password: PASSWORD } });
  expect(renewed.status).toBe(200);
  expect(renewed.text).not.toContain(recoveryCodes[0]);
  expect((await api.ask('POST', `${APP}/remove`, { cookie, body: { password: 'wrong' } })).status).toBe(401);
  expect((await api.ask('POST', `${APP}/remove`, { cookie, body: { password: PASSWORD } })).status).toBe(204);
  expect((await api.ask('POST', SESSION, { body: PLAIN })).status).toBe(200);
});

test('an owner takes the second factor off an account whose owner lost it', async ({ api }) => {
  const { cookie } = await withApp(api);
  const path = `/api/v1/accounts/${EMAIL}/reset-second-factor`;
  expect(await api.ask('POST', path, { cookie, body: { reason: 'lost the telephone' } })).toMatchObject({
    status: 200,
    body: { authenticatorApp: false, sessions: 0 },
  });
  expect((await api.ask('GET', SESSION, { cookie })).status).toBe(401);
  expect((await api.ask('POST', SESSION, { body: PLAIN })).status).toBe(200);
});

async function withApp(api: RunningTestApi) {
  const before = await api.signIn();
  const made = (await api.ask('POST', APP, { cookie: before, body: { password: PASSWORD } })).body as NewAuthenticator;
  const setUpWith = codeOf(made.secret);
  const done = await api.ask('POST', `${APP}/confirm`, { cookie: before, body: { code: setUpWith } });
  expect(done.status).toBe(204);
  return { ...made, setUpWith, cookie: cookieOf(done) };
}

async function sessionsOf(api: RunningTestApi): Promise<number | null> {
  return (await api.store.pool.query('select 1 from sessions')).rowCount;
}
