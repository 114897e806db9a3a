import { expect } from 'vitest';
import { test, type RunningTestApi } from '../testing/running-api.ts';

async function keyFor(api: RunningTestApi, permissions: readonly string[]): Promise<Record<string, string>> {
  const cookie = await api.signIn();
  const made = await api.ask('POST', '/api/v1/api-keys', { cookie, body: { name: 'ci', permissions } });
  expect(made.status).toBe(201);
  const { key } = made.body as { readonly key: string };
  return { authorization: `Bearer ${key}` };
}

test('a program with an API key does what the key may do, and nothing else', async ({ api }) => {
  const headers = await keyFor(api, ['queues:read', 'networks:write']);
  expect((await api.ask('GET', '/api/v1/queues', { headers })).status).toBe(200);
  expect((await api.ask('POST', '/api/v1/networks', { headers, body: { cidr: '10.0.0.0/8' } })).status).toBe(201);
  expect(await api.ask('GET', '/api/v1/messages', { headers })).toMatchObject({
    status: 403,
    body: { code: 'forbidden' },
  });
  const [entry] = (await api.store.pool.query("select * from audit_entries where action = 'network.add'")).rows;
  expect(entry).toMatchObject({ actor_kind: 'api-key', actor_name: 'ci', actor_address: '127.0.0.1' });
});

test('an API key that is wrong is not made good by a session', async ({ api }) => {
  const cookie = await api.signIn();
  for (const authorization of [
    `Bearer postern_${'0'.repeat(32)}`,
    'bearer',
    'Bearer two words',
    `Bearer ${'x'.repeat(500)}`,
  ])
    expect(await api.ask('GET', '/api/v1/queues', { cookie, headers: { authorization } }), authorization).toMatchObject(
      {
        status: 401,
        body: { code: 'not-signed-in' },
      },
    );
  // What a proxy before us asks for itself is not ours.
  const headers = { authorization: 'Basic eDp5' };
  expect((await api.ask('GET', '/api/v1/queues', { cookie, headers })).status).toBe(200);
});

test('an API key has no session to show or to end', async ({ api }) => {
  const headers = await keyFor(api, ['queues:read']);
  for (const method of ['GET', 'DELETE'])
    expect((await api.ask(method, '/api/v1/session', { headers })).status).toBe(403);
});

test('the text of an API key is in no log', async ({ api }) => {
  const headers = await keyFor(api, ['queues:read']);
  await api.ask('GET', '/api/v1/queues', { headers });
  await api.ask('GET', '/api/v1/nothing', { headers });
  expect(api.log()).not.toContain(headers['authorization']?.slice('Bearer '.length));
});
