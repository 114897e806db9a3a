import { expect } from 'vitest';
import { test, type RunningTestApi } from '../testing/running-api.ts';

const PATH = '/api/v1/credentials';
const CREATE = { name: 'app1', senderRules: ['@example.org'] };
const under = (key: string) => ({ 'idempotency-key': key });

test('a creation under a key is done once, and its secret is answered again', async ({ api }) => {
  const cookie = await api.signIn();
  const first = await api.ask('POST', PATH, { cookie, body: CREATE, headers: under('job 7') });
  expect(first.status).toBe(201);
  const reordered = { senderRules: CREATE.senderRules, name: CREATE.name };
  const again = await api.ask('POST', PATH, { cookie, body: reordered, headers: under('job 7') });
  expect(again).toMatchObject({ status: 201, body: first.body });
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect(first.headers.get('idempotency-replayed')).toBeNull();
  const { rows } = await api.store.pool.query("select 1 from audit_entries where action = 'credential.create'");
  expect(rows).toHaveLength(1);
});

test('neither the key nor the secret of its answer stands in the database', async ({ api }) => {
  const cookie = await api.signIn();
  const made = await api.ask('POST', PATH, { cookie, body: CREATE, headers: under('my-own-word') });
  const { secret } = made.body as { readonly secret: string };
  const { rows } = await api.store.pool.query<{ row: string }>(
    "select encode(id, 'escape') || encode(answer, 'escape') || k::text as row from request_keys k",
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]?.row).not.toContain(secret);
  expect(rows[0]?.row).not.toContain('my-own-word');
});

test('a key that was given with another request is refused, and one of somebody else is another key', async ({
  api,
}) => {
  const cookie = await api.signIn();
  await api.ask('POST', PATH, { cookie, body: CREATE, headers: under('k') });
  const other = await api.ask('POST', PATH, { cookie, body: { ...CREATE, name: 'app2' }, headers: under('k') });
  expect(other).toMatchObject({
    status: 422,
    body: { code: 'key-reused', errors: [{ field: 'header.idempotency-key' }] },
  });
  const network = await api.ask('POST', '/api/v1/networks', {
    cookie,
    body: { cidr: '10.0.0.0/8' },
    headers: under('k'),
  });
  expect(network.status).toBe(422);
  const headers = { ...(await keyOf(api, cookie, ['credentials:write'])), ...under('k') };
  expect((await api.ask('POST', PATH, { body: { ...CREATE, name: 'app3' }, headers })).status).toBe(201);
});

test('of many at once under one key one is carried out', async ({ api }) => {
  const cookie = await api.signIn();
  const all = await Promise.all(
    Array.from({ length: 8 }, () => api.ask('POST', PATH, { cookie, body: CREATE, headers: under('k') })),
  );
  const statuses = all.map(({ status }) => status);
  expect(statuses).toContain(201);
  expect(statuses.every((status) => status === 201 || status === 409)).toBe(true);
  const secrets = all.filter(({ status }) => status === 201).map(({ text }) => text);
  expect(new Set(secrets).size).toBe(1);
});

test('a creation that was refused may be mended and sent again under its key', async ({ api }) => {
  const cookie = await api.signIn();
  const bad = await api.ask('POST', PATH, { cookie, body: { ...CREATE, senderRules: ['?'] }, headers: under('k') });
  expect(bad.status).toBe(400);
  expect((await api.ask('POST', PATH, { cookie, body: CREATE, headers: under('k') })).status).toBe(201);
  // Refused inside the transaction: the name is taken.
  expect((await api.ask('POST', PATH, { cookie, body: CREATE, headers: under('l') })).status).toBe(409);
  const other = { ...CREATE, name: 'app2' };
  expect((await api.ask('POST', PATH, { cookie, body: other, headers: under('l') })).status).toBe(201);
});

test('a creation whose process ended before its answer is not done again', async ({ api }) => {
  const cookie = await api.signIn();
  await api.ask('POST', PATH, { cookie, body: CREATE, headers: under('k') });
  await api.store.pool.query('update request_keys set answer = null');
  const again = await api.ask('POST', PATH, { cookie, body: CREATE, headers: under('k') });
  expect(again).toMatchObject({ status: 409, body: { detail: expect.stringContaining('was done') } });
  // One that was begun, never carried out, and is too old to be going on is.
  await api.store.pool.query("update request_keys set done_at = null, started_at = now() - interval '5 minutes'");
  await api.store.pool.query("update credentials set name = 'gone'");
  expect((await api.ask('POST', PATH, { cookie, body: CREATE, headers: under('k') })).status).toBe(201);
});

test('a key is forgotten after a day', async ({ api }) => {
  const cookie = await api.signIn();
  await api.ask('POST', PATH, { cookie, body: CREATE, headers: under('k') });
  await api.store.pool.query("update request_keys set started_at = now() - interval '25 hours'");
  const other = { ...CREATE, name: 'app2' };
  expect((await api.ask('POST', PATH, { cookie, body: other, headers: under('k') })).status).toBe(201);
});

test.for(['x'.repeat(256), 'é'])('a key that is none is named: %#', async (key, { api }) => {
  const cookie = await api.signIn();
  const headers = under(Buffer.from(key).toString('latin1'));
  const answer = await api.ask('POST', PATH, { cookie, body: CREATE, headers });
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: 'header.idempotency-key' }] } });
});

test('who goes out from a version that is no longer there is told, and overwrites nothing', async ({ api }) => {
  const cookie = await api.signIn();
  await api.ask('POST', PATH, { cookie, body: CREATE });
  const etag = (await api.ask('GET', `${PATH}/app1`, { cookie })).headers.get('etag') ?? '';
  const update = (note: string) =>
    api.ask('POST', `${PATH}/app1/update`, { cookie, body: { note }, headers: { 'if-match': etag } });
  const both = await Promise.all([update('from one'), update('from another')]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
  expect(both.find(({ status }) => status === 412)?.body).toMatchObject({
    code: 'precondition-failed',
    changes: [{ action: 'credential.update', by: expect.stringContaining('@') }, { action: 'credential.create' }],
  });
  const { rows } = await api.store.pool.query("select 1 from audit_entries where action = 'credential.update'");
  expect(rows).toHaveLength(1);
  // Without If-Match one says that it does not matter.
  expect((await api.ask('POST', `${PATH}/app1/update`, { cookie, body: { note: 'x' } })).status).toBe(200);
});

const LIMITS = { leastLanes: null, mostLanes: 5, leastPerMinute: null, mostPerMinute: null };
const PLAN = { delaysSeconds: [60], giveUpSeconds: 3_600 };
const SOURCE = { name: 's1', addresses: ['192.0.2.1'], ehloName: 'out.example.org' };

const EDITS = [
  {
    shown: '/api/v1/queues/1/limits',
    change: ['POST', '/api/v1/queues/1/limit', { mostLanes: 5 }],
    second: ['POST', '/api/v1/queues/1/limit', { mostLanes: 9 }],
    stays: LIMITS,
    told: 'queue.limit',
  },
  {
    shown: '/api/v1/retry-plans',
    change: ['POST', '/api/v1/retry-plans', { ...PLAN, scope: 'tag', subject: 'otp' }],
    second: ['POST', '/api/v1/retry-plans', { ...PLAN, scope: 'tag', subject: 'otp', giveUpSeconds: 60 }],
    stays: { items: [{ scope: 'default' }, { scope: 'tag', subject: 'otp', ...PLAN }] },
    told: 'retry-plan.set',
  },
  {
    shown: '/api/v1/sources/s1',
    change: ['POST', '/api/v1/sources/s1', { weight: 3 }],
    second: ['POST', '/api/v1/sources/s1', { weight: 7 }],
    stays: { weight: 3 },
    told: 'source.update',
  },
  {
    shown: '/api/v1/credentials/app1/unsubscribe',
    change: [
      'POST',
      '/api/v1/credentials/app1/unsubscribe',
      { template: 'https://a.example/u?r={recipient}&t={token}' },
    ],
    second: ['POST', '/api/v1/credentials/app1/unsubscribe', { template: null }],
    stays: { template: 'https://a.example/u?r={recipient}&t={token}' },
    told: 'credential.unsubscribe',
  },
  {
    shown: '/api/v1/credentials/app1/bounces',
    change: ['POST', '/api/v1/credentials/app1/bounces', { hold: 'critical' }],
    second: ['POST', '/api/v1/credentials/app1/bounces', { hold: 'warning' }],
    stays: { hold: 'critical' },
    told: 'credential.bounces',
  },
] as const;

test('of whatever is edited, a second one does not overwrite the first unseen', async ({ api }) => {
  const cookie = await api.signIn();
  await api.ask('POST', PATH, { cookie, body: CREATE });
  await api.ask('POST', '/api/v1/sources', { cookie, body: SOURCE });
  const ask = ([method, path, body]: readonly ['POST', string, object], match: string) =>
    api.ask(method, path, { cookie, body, headers: { 'if-match': match } });
  for (const { shown, change, second, stays, told } of EDITS) {
    const etag = (await api.ask('GET', shown, { cookie })).headers.get('etag') ?? '';
    expect((await ask(change, etag)).status, shown).toBe(200);
    const late = await ask(second, etag);
    expect(late, shown).toMatchObject({
      status: 412,
      body: { changes: expect.arrayContaining([expect.objectContaining({ action: told })]) },
    });
    const now = await api.ask('GET', shown, { cookie });
    expect(now.body).toMatchObject(stays);
    expect((await ask(second, now.headers.get('etag') ?? '')).status, shown).toBe(200);
  }
});

test('using a credential does not change its version', async ({ api }) => {
  const cookie = await api.signIn();
  await api.ask('POST', PATH, { cookie, body: CREATE });
  const tag = async () => (await api.ask('GET', `${PATH}/app1`, { cookie })).headers.get('etag');
  const before = await tag();
  await api.store.pool.query("update credential_secrets set last_used_at = now(), last_used_from = '192.0.2.1'");
  expect(await tag()).toBe(before);
});

test('who may change but not read can say a version too, and is shown nothing', async ({ api }) => {
  const cookie = await api.signIn();
  await api.ask('POST', PATH, { cookie, body: CREATE });
  const headers = { ...(await keyOf(api, cookie, ['credentials:write'])), 'if-match': '"another"' };
  const answer = await api.ask('POST', `${PATH}/app1/update`, { headers, body: { note: 'x' } });
  expect(answer.status).toBe(412);
  expect(answer.text).not.toContain('@example.org');
  expect(answer.body).not.toHaveProperty('changes');
});

async function keyOf(api: RunningTestApi, cookie: string, permissions: readonly string[]) {
  const made = await api.ask('POST', '/api/v1/api-keys', { cookie, body: { name: 'ci', permissions } });
  return { authorization: `Bearer ${(made.body as { readonly key: string }).key}` };
}
