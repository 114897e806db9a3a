import type { NewInvitation, OwnSecurity } from '@postern/admin-contract';
import { expect } from 'vitest';
import { EMAIL, PASSWORD, test, type RunningTestApi } from '../testing/running-api.ts';

const SESSION = '/api/v1/session';

test('a person sees their sessions, and ends one or all the others', async ({ api }) => {
  const [one, two, three] = [await api.signIn(), await api.signIn(), await api.signIn()];
  const { sessions } = await securityOf(api, one);
  expect(sessions).toHaveLength(3);
  expect(sessions.filter(({ current }) => current)).toHaveLength(1);
  expect(sessions[0]).toMatchObject({ address: '127.0.0.1' });
  expect(JSON.stringify(sessions), 'no token').not.toContain((one.split('=')[1] ?? '').slice(0, 32));
  const [other] = (await securityOf(api, two)).sessions.filter(({ current }) => current);
  expect((await api.ask('DELETE', `${SESSION}/sessions/${other?.id}`, { cookie: one, body: {} })).status).toBe(204);
  expect((await api.ask('GET', SESSION, { cookie: two })).status).toBe(401);
  expect(await api.ask('POST', `${SESSION}/sessions/end-others`, { cookie: one, body: {} })).toMatchObject({
    body: { sessions: 1 },
  });
  expect((await api.ask('GET', SESSION, { cookie: three })).status).toBe(401);
  expect((await api.ask('GET', SESSION, { cookie: one })).status).toBe(200);
});

test("nobody ends another one's session by its id", async ({ api }) => {
  const owner = await api.signIn();
  const guest = await invited(api, owner, 'auditor');
  const [theirs] = (await securityOf(api, owner)).sessions;
  expect((await api.ask('DELETE', `${SESSION}/sessions/${theirs?.id}`, { cookie: guest, body: {} })).status).toBe(404);
  expect((await api.ask('GET', SESSION, { cookie: owner })).status).toBe(200);
});

test('a session that was not used for its time has ended', async ({ api }) => {
  const cookie = await api.signIn();
  const { rows } = await api.store.pool.query<{ hours: number }>(
    'select round(extract(epoch from expires_at - now()) / 3600) :: int as hours from sessions',
  );
  expect(rows).toEqual([{ hours: 12 }]);
  await api.store.pool.query("update sessions set expires_at = now() - interval '1 second'");
  expect((await api.ask('GET', SESSION, { cookie })).status).toBe(401);
});

test('an invitation makes one account, with the role that was said and a password of its own', async ({ api }) => {
  const owner = await api.signIn();
  const { token } = await invite(api, owner, 'operator');
  expect(await api.ask('POST', '/api/v1/invitations/show', { body: { token } })).toMatchObject({
    status: 200,
    body: { email: 'ada@example.org', role: 'operator' },
  });
  const accept = { token, name: 'Ada', password: 'a password of her own' };
  const both = await Promise.all([0, 1].map(() => api.ask('POST', '/api/v1/invitations/accept', { body: accept })));
  expect(both.map(({ status }) => status).sort()).toEqual([204, 404]);
  const signedIn = await api.ask('POST', SESSION, { body: { email: 'ada@example.org', password: accept.password } });
  expect(signedIn).toMatchObject({ status: 200, body: { role: 'operator', person: { name: 'Ada' } } });
  expect((await api.ask('POST', '/api/v1/invitations/show', { body: { token } })).status).toBe(404);
  const { rows } = await api.store.pool.query(
    "select actor_name, facts->>'invitedBy' as by from audit_entries where action = 'invitation.accept'",
  );
  expect(rows).toEqual([{ actor_name: 'ada@example.org', by: EMAIL }]);
});

test('an invitation that has ended or was revoked is none', async ({ api }) => {
  const owner = await api.signIn();
  const { token, invitation } = await invite(api, owner, 'auditor');
  await api.store.pool.query("update invitations set expires_at = now() - interval '1 minute'");
  expect((await api.ask('POST', '/api/v1/invitations/show', { body: { token } })).status).toBe(404);
  await api.store.pool.query("update invitations set expires_at = now() + interval '1 hour'");
  const path = `/api/v1/invitations/${invitation.id}/revoke`;
  expect((await api.ask('POST', path, { cookie: owner, body: { reason: 'left' } })).status).toBe(200);
  const body = { token, name: 'x', password: 'long enough, is it' };
  expect((await api.ask('POST', '/api/v1/invitations/accept', { body })).status).toBe(404);
});

test('the token of an invitation is in no table, no list, no log and no audit', async ({ api }) => {
  const owner = await api.signIn();
  const { token } = await invite(api, owner, 'auditor');
  const { rows } = await api.store.pool.query(
    'select i::text from invitations i union all select a::text from audit_entries a',
  );
  const listed = await api.ask('GET', '/api/v1/invitations', { cookie: owner });
  for (const text of [JSON.stringify(rows), listed.text, api.log()]) expect(text).not.toContain(token);
});

test('guesses at invitations are slowed where they come from, and keep nobody else from theirs', async ({ api }) => {
  const { token } = await invite(api, await api.signIn(), 'auditor');
  const show = async (link: string, address: string) => {
    const headers = { 'x-forwarded-for': address };
    return (await api.ask('POST', '/api/v1/invitations/show', { body: { token: link }, headers })).status;
  };
  for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4']) {
    const guesses = Array.from({ length: 40 }, (_, n) => show(`guess ${n}`, address));
    expect(await Promise.all(guesses)).toContain(429);
  }
  expect(await show(token, '192.0.2.5')).toBe(200);
});

async function securityOf(api: RunningTestApi, cookie: string): Promise<OwnSecurity> {
  return (await api.ask('GET', `${SESSION}/security`, { cookie })).body as OwnSecurity;
}

async function invite(api: RunningTestApi, cookie: string, role: string): Promise<NewInvitation> {
  const body = { email: 'Ada@example.org', name: 'Ada', role };
  const made = await api.ask('POST', '/api/v1/invitations', { cookie, body });
  expect(made.status).toBe(201);
  return made.body as NewInvitation;
}

/** The cookie of somebody who was invited. */
async function invited(api: RunningTestApi, cookie: string, role: string): Promise<string> {
  const { token } = await invite(api, cookie, role);
  await api.ask('POST', '/api/v1/invitations/accept', { body: { token, name: 'Ada', password: PASSWORD } });
  const answer = await api.ask('POST', SESSION, { body: { email: 'ada@example.org', password: PASSWORD } });
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}
