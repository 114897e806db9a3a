import { readFileSync } from 'node:fs';
import { createAdminClient } from '@postern/admin-client';
import { expect } from 'vitest';
import { test, type RunningTestApi } from '../testing/running-api.ts';

test('the typed client does all that an operator does, against the real API', async ({ api }) => {
  const client = await clientOf(api);
  const made = await client.createCredential({ body: { name: 'app1', senderRules: ['@example.org'] } });
  expect(made).toMatchObject({ ok: { credential: { name: 'app1' }, secret: expect.any(String) } });
  expect(await client.listCredentials()).toMatchObject({ ok: { items: [{ name: 'app1' }] } });
  expect(await client.disableCredential({ params: { credential: 'app1' }, body: { reason: 'test' } })).toMatchObject({
    ok: { state: 'disabled' },
  });
  expect(await client.listQueues({ query: { show: 'all' } })).toMatchObject({
    ok: { items: [{ name: 'unresolved' }] },
  });
  expect(await client.suspendQueue({ params: { id: 1 } })).toMatchObject({
    ok: { suspended: { by: 'owner@example.org' } },
  });
  expect(await client.findMessages({ query: { q: 'state:deferred' } })).toMatchObject({ ok: { items: [] } });
  expect(await client.showLedger()).toMatchObject({ ok: { accepted: 0 } });
  const network = await client.addNetwork({ body: { cidr: '10.0.0.0/8' } });
  expect(network).toMatchObject({ ok: { cidr: '10.0.0.0/8' } });
  expect(await client.removeNetwork({ params: { network: '10.0.0.0/8' } })).toMatchObject({ ok: undefined });
  const route = { name: 'r1', host: 'smtp.example.com', domains: ['*'] };
  expect(await client.addRoute({ body: route })).toMatchObject({ ok: { tls: 'verify' } });
  expect(await client.removeRoute({ params: { route: 'r1' } })).toMatchObject({ ok: undefined });
});

test('a problem names every field that is wrong, and a field that is unknown', async ({ api }) => {
  const client = await clientOf(api);
  expect(await client.listQueues({ query: { limit: 1000 } })).toMatchObject({
    problem: {
      status: 400,
      code: 'invalid-request',
      type: '/api/problems/invalid-request',
      errors: [{ field: 'query.limit' }],
    },
  });
  const answer = await api.ask('GET', '/api/v1/queues?stat=x', { cookie: await api.signIn() });
  expect(answer.body).toMatchObject({ errors: [{ field: 'query.stat', message: 'There is no such field' }] });
});

test('the type of a problem refers to something', async ({ api }) => {
  const { body } = await api.ask('GET', '/api/v1/queues');
  const type = typeof body === 'object' && body !== null && 'type' in body ? String(body.type) : '';
  expect(await api.ask('GET', type)).toMatchObject({ status: 200, text: 'not-signed-in (401): Sign in first.\n' });
  expect((await api.ask('GET', '/api/problems/toString')).status).toBe(404);
});

test('the OpenAPI document that is served is the one that is committed', async ({ api }) => {
  const committed: unknown = JSON.parse(
    readFileSync(new URL('../../../../docs/openapi.json', import.meta.url), 'utf8'),
  );
  expect((await api.ask('GET', '/api/openapi.json')).body).toEqual(committed);
});

test('a fault of ours is told as a number that is in the log, and nothing else', async ({ api }) => {
  const cookie = await api.signIn();
  await api.store.pool.query('alter table listed_networks rename to gone');
  const answer = await api.ask('GET', '/api/v1/networks', { cookie });
  expect(answer).toMatchObject({
    status: 500,
    body: { code: 'internal-fault', detail: expect.stringMatching(/request [0-9a-f-]{36}$/) },
  });
  expect(answer.text).not.toMatch(/listed_networks|prisma|select|at \w/i);
  expect(api.log()).toContain(/request ([0-9a-f-]{36})/.exec(answer.text)?.[1]);
});

async function clientOf(api: RunningTestApi) {
  return createAdminClient({ baseUrl: api.url, headers: { cookie: await api.signIn() } });
}
