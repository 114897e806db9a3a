import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { forward } from './forward.ts';

const ends: (() => void)[] = [];
afterEach(() => ends.splice(0).forEach((end) => end()));

describe('what the browser asks of the API', () => {
  it('reaches it with its method, query, body, cookie and origin', async () => {
    const api = await listening(async (request, response) => {
      const { method, url, headers } = request;
      const body = await text(request);
      response.end(
        JSON.stringify({ method, url, body, cookie: headers.cookie, origin: headers.origin, host: headers.host }),
      );
    });
    const answer = await forward(
      asked(api, '/api/v1/queues/7/retry?dry=%26', {
        method: 'POST',
        body: '{"reason":"now"}',
        headers: { host: 'console.example.org', origin: 'https://console.example.org', cookie: 'postern.session=1' },
      }),
    );
    expect(await answer.json()).toEqual({
      method: 'POST',
      url: '/api/v1/queues/7/retry?dry=%26',
      body: '{"reason":"now"}',
      cookie: 'postern.session=1',
      origin: 'https://console.example.org',
      host: 'console.example.org',
    });
  });

  it('is answered with the status, the problem and each cookie of the API', async () => {
    const api = await listening((_, response) => {
      response.writeHead(429, [
        ['content-type', 'application/problem+json'],
        ['set-cookie', 'a=1; Expires=Thu, 01 Jan 2026 00:00:00 GMT'],
        ['set-cookie', 'b=2'],
        ['retry-after', '60'],
      ]);
      response.end('{}');
    });
    const answer = await forward(asked(api, '/api/v1/session'));
    expect(answer.status).toBe(429);
    expect(answer.headers.getSetCookie()).toEqual(['a=1; Expires=Thu, 01 Jan 2026 00:00:00 GMT', 'b=2']);
    expect(answer.headers.get('retry-after')).toBe('60');
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  });

  it('follows no redirect of the API', async () => {
    const api = await listening((_, response) => response.writeHead(302, { location: 'http://example.com/' }).end());
    const answer = await forward(asked(api, '/api/v1/queues'));
    expect([answer.status, answer.headers.get('location')]).toEqual([302, 'http://example.com/']);
  });

  it('comes back piece by piece while the API is still writing', async () => {
    const held = Promise.withResolvers<() => void>();
    const api = await listening((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('event: a\ndata: 1\n\n');
      held.resolve(() => response.end('event: b\ndata: 2\n\n'));
    });
    const answer = await forward(asked(api, '/api/v1/stream'));
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe('event: a\ndata: 1\n\n');
    (await held.promise)();
    expect((await reader?.read())?.value).toBe('event: b\ndata: 2\n\n');
    expect(answer.headers.get('cache-control')).toBe('no-cache, no-transform');
  });

  it('ends at the API when the browser goes away', async () => {
    const closed = Promise.withResolvers<string>();
    const api = await listening((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(': hello\n\n');
      response.on('close', () => closed.resolve('closed'));
    });
    const browser = new AbortController();
    const answer = await forward(asked(api, '/api/v1/stream', { signal: browser.signal }));
    const rest = answer.text();
    browser.abort();
    await expect(rest).rejects.toThrow();
    expect(await closed.promise).toBe('closed');
  });

  it('is refused by its size when the API would not read all of it, and is not sent', async () => {
    let reached = false;
    const api = await listening((_, response) => {
      reached = true;
      response.end();
    });
    const large = { method: 'POST', body: 'x'.repeat(3_000_000), headers: { 'content-length': '3000000' } };
    const answer = await forward(asked(api, '/api/v1/session', large));
    expect(answer.status).toBe(413);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ code: 'too-large', errors: [{ field: 'body' }] });
    expect(reached).toBe(false);
  });

  it('is told that the API does not answer when nothing listens there', async () => {
    const api = await listening(() => undefined);
    ends.splice(0).forEach((end) => end());
    const answer = await forward(asked(api, '/api/v1/queues'));
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: 'unreachable', status: 503 });
  });

  it.each(['/api/../metrics', '/api/%2e%2e/metrics', '/health/ready', '/metrics'])(
    'does not reach what the API shows to machines: %s',
    async (path) => {
      let reached = false;
      const api = await listening((_, response) => {
        reached = true;
        response.end();
      });
      expect((await forward(asked(api, path))).status).toBe(404);
      expect(reached).toBe(false);
    },
  );
});

async function listening(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A request as a route handler gets it; the API's address is in the environment, as in production. */
function asked(api: string, path: string, init: RequestInit = {}): Request {
  process.env['POSTERN_API_URL'] = api;
  return new Request(`http://127.0.0.1:3000${path}`, init);
}
