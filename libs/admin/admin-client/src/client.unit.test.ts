import { expect, expectTypeOf, test } from 'vitest';
import { newProblem, type Page, type Queue } from '@postern/admin-contract';
import { createAdminClient, type Result } from './index.ts';

test('a call goes to the path of its route, with parameters and query', async () => {
  const { client, requests } = answering(200, { items: [], nextCursor: null });
  await client.listAttempts({ params: { id: 'a/b' }, query: { limit: 10, cursor: 'x y' } });
  expect(requests).toEqual([
    { method: 'GET', url: 'http://api/api/v1/messages/a%2Fb/attempts?limit=10&cursor=x+y', body: undefined },
  ]);
});

test('a command sends JSON, also when there is nothing to say', async () => {
  const { client, requests } = answering(200, { recipients: 3 });
  expect(await client.retryQueue({ params: { id: 7 } })).toMatchObject({ ok: { recipients: 3 } });
  expect(requests[0]).toEqual({ method: 'POST', url: 'http://api/api/v1/queues/7/retry', body: '{}' });
});

test('a problem is the result, not an exception', async () => {
  const problem = newProblem('not-found', 'There is no queue 7');
  const { client } = answering(404, problem);
  expect(await client.showQueue({ params: { id: 7 } })).toEqual({ problem });
});

test.each([
  ['a connection that is refused', () => Promise.reject(new TypeError('fetch failed'))],
  ["a proxy's own error page", () => Promise.resolve(new Response('<h1>Bad gateway</h1>', { status: 502 }))],
  ['an answer of another version', () => Promise.resolve(Response.json({ items: 'none' }))],
])('%s is the problem `unreachable`', async (_, fetch) => {
  const client = createAdminClient({ baseUrl: 'http://api', fetch });
  expect(await client.listQueues()).toMatchObject({ problem: { code: 'unreachable', status: 503 } });
});

test('a result is typed by its route', () => {
  const { client } = answering(200, {});
  expectTypeOf(client.listQueues).returns.resolves.toEqualTypeOf<Result<Page<Queue>>>();
  expectTypeOf(client.signOut).returns.resolves.toEqualTypeOf<Result<undefined>>();
  expectTypeOf(client.showQueue).parameter(0).toEqualTypeOf<{ readonly params: { id: number } }>();
});

function answering(status: number, body: unknown) {
  const requests: { method: string | undefined; url: string; body: unknown }[] = [];
  const fetch: typeof globalThis.fetch = (url, init) => {
    requests.push({ method: init?.method, url: String(url), body: init?.body });
    return Promise.resolve(Response.json(body, { status }));
  };
  return { client: createAdminClient({ baseUrl: 'http://api', fetch }), requests };
}
