import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { freePort } from '@postern/lab';
import { expect, test } from 'vitest';
import { CONSOLE, ServiceProcess } from '../src/index.ts';

/** What comes to TRACE, which `fetch` does not send. */
async function traced(listen: string): Promise<string> {
  const [host, port] = listen.split(':');
  const socket = connect(Number(port), host);
  socket.end(`TRACE /api/v1/session HTTP/1.1\r\nhost: ${listen}\r\nconnection: close\r\n\r\n`);
  return text(socket);
}

const ODD = [
  ['GET', '/nonexistent'],
  ['GET', '/%ff'],
  ['GET', '/%00'],
  ['GET', '/messages/x%00'],
  ['GET', '/queues'],
  ['GET', '/queues', { rsc: '1', 'next-router-state-tree': '%ZZ' }],
  ['GET', '/_next/image?url=http%3A%2F%2F127.0.0.1%2F&w=64&q=75'],
  ['GET', '/.next/server/pages-manifest.json'],
  ['GET', '/..%2f..%2fpackage.json'],
  ['GET', '/_next/static/..%2f..%2fserver.js'],
  ['POST', '/sign-in', { 'next-action': 'deadbeef', 'content-type': 'text/plain' }],
  ['POST', '/sign-in', { 'next-action': '0'.repeat(42), 'content-type': 'text/plain' }],
  ['POST', '/sign-in', { 'content-type': 'multipart/form-data; boundary=x' }],
  ['PUT', '/queues'],
] as const;

test('whatever is asked oddly, a page keeps its policy, and no answer tells of the inside', async () => {
  const listen = `127.0.0.1:${await freePort()}`;
  const environment = { POSTERN_LISTEN_CONSOLE: listen, POSTERN_API_URL: 'http://127.0.0.1:9' };
  await using _running = await new ServiceProcess(CONSOLE, environment).ready();
  for (const [method, path, headers = {}] of ODD) {
    const what = `${method} ${path} ${JSON.stringify(headers)}`;
    const asked = { method, headers, redirect: 'manual', ...(method === 'POST' ? { body: '[]' } : {}) } as const;
    const answer = await fetch(`http://${listen}${path}`, asked);
    expect(await answer.text(), what).not.toMatch(
      /node_modules|[\w/]\/(?:apps|libs)\/|\bat \S+ \(|ECONNREFUSED|127\.0\.0\.1:9\b/,
    );
    expect(answer.headers.get('x-powered-by'), what).toBeNull();
    expect(answer.headers.get('server'), what).toBeNull();
    if (!answer.headers.get('content-type')?.includes('html')) continue;
    expect(answer.headers.get('content-security-policy'), what).toMatch(/^default-src 'none'; script-src 'nonce-/);
    expect(answer.headers.get('x-content-type-options'), what).toBe('nosniff');
  }
  expect(await traced(listen), 'TRACE is refused, and is no fault').toMatch(/^HTTP\/1\.1 405 /);
});
