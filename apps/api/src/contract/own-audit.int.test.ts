import type { NewAuthenticator } from '@postern/admin-contract';
import { expect } from 'vitest';
import { codeOf } from '../testing/authenticator.ts';
import { cookieOf, EMAIL, PASSWORD, test, type RunningTestApi } from '../testing/running-api.ts';

const SESSION = '/api/v1/session';
const APP = `${SESSION}/authenticator`;
const PLAIN = { email: EMAIL, password: PASSWORD };

test('what a person changes of their own account, and the end of their session, is undone when the audit does not take it', async ({
  api,
}) => {
  let cookie = await api.signIn();
  await api.signIn();
  const wanted = { current: PASSWORD, wanted: 'another password, quite long' };
  const unchanged = async (method: string, path: string, body: unknown) => {
    const before = await accountOf(api);
    await refuseEntries(api, true);
    expect((await api.ask(method, path, { cookie, body })).status, path).toBeGreaterThanOrEqual(500);
    await refuseEntries(api, false);
    expect(await accountOf(api), path).toEqual(before);
    expect((await api.ask('GET', SESSION, { cookie })).status, path).toBe(200);
  };
  await unchanged('POST', `${SESSION}/password`, wanted);
  await unchanged('DELETE', SESSION, {});

  const started = await api.ask('POST', APP, { cookie, body: { password: PASSWORD } });
  const { secret } = started.body as NewAuthenticator;
  await unchanged('POST', `${APP}/confirm`, { code: codeOf(secret) });
  const confirmed = await api.ask('POST', `${APP}/confirm`, { cookie, body: { code: codeOf(secret) } });
  expect(confirmed.status).toBe(204);
  cookie = cookieOf(confirmed);
  await unchanged('POST', `${SESSION}/recovery-codes`, { password: PASSWORD });
  await unchanged('POST', `${APP}/remove`, { password: PASSWORD });
  expect((await api.ask('POST', SESSION, { body: PLAIN })).body).toMatchObject({ code: 'second-step-needed' });
});

test('a session that the audit does not take is not handed out', async ({ api }) => {
  await refuseEntries(api, true);
  const refused = await api.ask('POST', SESSION, { body: PLAIN });
  expect(refused.status).toBeGreaterThanOrEqual(500);
  expect(refused.headers.getSetCookie()).toEqual([]);
});

test('guesses at the password of a session are counted, though each of them is refused', async ({ api }) => {
  const cookie = await api.signIn();
  const statuses = [];
  for (let tries = 0; tries < 12; tries += 1) {
    const body = { current: `guess ${tries}`, wanted: 'another password, quite long' };
    statuses.push((await api.ask('POST', `${SESSION}/password`, { cookie, body })).status);
  }
  expect(statuses[0]).toBe(401);
  expect(statuses.at(-1)).toBe(429);
});

/** All that is kept of accounts and of what opens them. */
async function accountOf(api: RunningTestApi): Promise<unknown> {
  const { rows } = await api.store.pool.query(`
    select (select json_agg(sign_in_methods order by id) from sign_in_methods) as methods,
      (select json_agg(sessions.id order by id) from sessions) as sessions,
      (select json_agg(second_factors order by id) from second_factors) as factors,
      (select json_agg(people.two_factor_enabled) from people) as enabled`);
  return rows;
}

async function refuseEntries(api: RunningTestApi, refuse: boolean): Promise<void> {
  await api.store.pool.query(
    refuse
      ? 'alter table audit_entries add constraint refused check (false) not valid'
      : 'alter table audit_entries drop constraint refused',
  );
}
