import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, request, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { freePort } from '@postern/lab';
import { CONSOLE, ServiceProcess } from '../src/index.ts';

const NOWHERE = 'http://127.0.0.1:9';

test('the console listens on the address that it is given and on no other', async () => {
  await using running = await started(NOWHERE);
  const { port } = new URL(running.url);
  expect((await fetch(`${running.url}/sign-in`)).status).toBe(200);
  const others = [
    '127.0.0.2',
    ...Object.values(networkInterfaces()).flatMap((all) =>
      (all ?? []).filter((each) => !each.internal && each.family === 'IPv4').map((each) => each.address),
    ),
  ];
  for (const other of others) await expect(fetch(`http://${other}:${port}/sign-in`), other).rejects.toThrow();
});

test('a port in use ends it with 1 and a line that says what to do', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  await using running = spawned(NOWHERE, `127.0.0.1:${port}`);
  const { code, said } = await running.ended;
  taken.close();
  expect(code).toBe(1);
  expect(said).toBe(
    `The console cannot listen on 127.0.0.1:${port}: the port is in use. Stop what uses it, or set POSTERN_LISTEN_CONSOLE to another.\n`,
  );
});

test.each(['3000', 'localhost', '127.0.0.1:70000', ':3000', '127.0.0.1:0'])(
  'an address that is none ends it with 1 and an example: %s',
  async (listen) => {
    await using running = spawned(NOWHERE, listen);
    const { code, said } = await running.ended;
    expect(code).toBe(1);
    expect(said).toContain(`POSTERN_LISTEN_CONSOLE is "${listen}"`);
    expect(said).toContain('127.0.0.1:3000');
  },
);

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it with 0 although a stream of events is open', async (signal) => {
  await using api = await listening((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': hello\n\n');
  });
  await using running = await started(api.url);
  const stream = await fetch(`${running.url}/api/v1/stream`);
  expect((await stream.body?.getReader().read())?.done).toBe(false);
  running.process.kill(signal);
  expect((await running.process.ended).code).toBe(0);
});

test('it tells its metrics where it is told to, and nowhere else', async () => {
  const [listen, port] = [`127.0.0.1:${await freePort()}`, await freePort()];
  const more = { POSTERN_LISTEN_CONSOLE_METRICS: `127.0.0.1:${port}` };
  await using _running = await spawned(NOWHERE, listen, more).ready();
  await (await fetch(`http://${listen}/sign-in`)).text();
  const told = await fetch(`http://127.0.0.1:${port}/metrics`);
  const text = await told.text();
  expect(text).toMatch(/^postern_console_answers_total\{kind="page",status="2xx",service="console"\} 1$/m);
  expect(text).toMatch(/^postern_event_loop_delay_seconds\{quantile="0.99",service="console"\} /m);
  expect((await fetch(`http://${listen}/metrics`)).status).toBe(404);
  expect((await fetch(`http://127.0.0.1:${port}/health/live`)).status).toBe(200);
});

test('it ends when the process that started it is gone', async () => {
  await using running = await started(NOWHERE);
  running.process.disconnect();
  expect((await running.process.ended).code).toBe(0);
});

test("the API hears the peer's address last, whatever the client claims before it", async () => {
  const heard: IncomingHttpHeaders[] = [];
  await using api = await listening((incoming, response) => {
    heard.push(incoming.headers);
    response.end('{}');
  });
  await using running = await started(api.url);
  await fetch(`${running.url}/api/v1/queues`);
  await fetch(`${running.url}/api/v1/queues`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
  expect(heard.map((each) => each['x-forwarded-for'])).toEqual(['127.0.0.1', '203.0.113.9, 127.0.0.1']);
});

test('a path that climbs out of the API reaches nothing beside it', async () => {
  const reached: (string | undefined)[] = [];
  await using api = await listening((incoming, response) => {
    reached.push(incoming.url);
    response.end('{}');
  });
  await using running = await started(api.url);
  for (const path of [
    '/api/../metrics',
    '/api/%2e%2e/metrics',
    '/api/..%2fmetrics',
    '/api//../../metrics',
    '/api/v1/..%5c..%5c..%5cmetrics',
    '/api/v1/../../../metrics',
    '//metrics',
    '/metrics',
  ])
    await raw(running.url, path);
  // What is encoded stays encoded: to the API it is a name, not a way.
  expect(reached.filter((url) => !/^\/api\/(?!.*\/\.\.\/)/.test(url ?? ''))).toEqual([]);
});

test('while the API is away a page says so, and signing in answers a problem', async () => {
  await using running = await started(NOWHERE);
  const page = await fetch(`${running.url}/queues`);
  expect(await page.text()).toContain('The admin API does not answer');
  const answer = await fetch(`${running.url}/api/v1/session`, { method: 'POST', body: '{}' });
  expect(answer.status).toBe(503);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
});

test('a page allows no script but its own, and no frame around it', async () => {
  await using running = await started(NOWHERE);
  const policies = await Promise.all([1, 2].map(async () => (await fetch(`${running.url}/sign-in`)).headers));
  const [first, second] = policies.map((headers) => headers.get('content-security-policy') ?? '');
  expect(first).toMatch(/default-src 'none'/);
  expect(first).toMatch(/script-src 'nonce-[A-Za-z0-9+/=]{24}' 'strict-dynamic'/);
  expect(first).toMatch(/frame-ancestors 'none'/);
  expect(first).not.toMatch(/unsafe|\*|https?:/);
  expect(first).not.toBe(second);
  const [headers] = policies;
  expect(headers?.get('x-content-type-options')).toBe('nosniff');
  expect(headers?.get('x-frame-options')).toBe('DENY');
  expect(headers?.get('x-powered-by')).toBeNull();
  expect(headers?.get('cache-control')).toContain('no-store');
});

test('the sources of the pages are not served', async () => {
  await using running = await started(NOWHERE);
  const page = await (await fetch(`${running.url}/sign-in`)).text();
  const chunks = [...page.matchAll(/\/_next\/static\/[^"\\]+\.(?:js|css)/g)].map(([path]) => path);
  expect(chunks.length).toBeGreaterThan(3);
  for (const chunk of new Set(chunks)) {
    expect((await fetch(`${running.url}${chunk}.map`)).status).toBe(404);
    expect(await (await fetch(`${running.url}${chunk}`)).text()).not.toContain('sourceMappingURL');
  }
});

interface Running extends AsyncDisposable {
  readonly url: string;
  readonly process: ServiceProcess;
}

/** The console in front of an API, ready. */
async function started(apiUrl: string): Promise<Running> {
  const listen = `127.0.0.1:${await freePort()}`;
  const process = await spawned(apiUrl, listen).ready();
  return { url: `http://${listen}`, process, [Symbol.asyncDispose]: () => process[Symbol.asyncDispose]() };
}

function spawned(apiUrl: string, listen: string, more: Readonly<Record<string, string>> = {}): ServiceProcess {
  return new ServiceProcess(CONSOLE, { POSTERN_LISTEN_CONSOLE: listen, POSTERN_API_URL: apiUrl, ...more });
}

async function listening(answer: RequestListener): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Asks for a path as it is written; fetch would tidy it up. */
function raw(url: string, path: string): Promise<{ readonly status: number; readonly body: string }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (text: string) => (body += text));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
    })
      .on('error', reject)
      .end();
  });
}
