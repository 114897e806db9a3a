import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect } from 'vitest';
import { test } from './testing/terminal.ts';

test('without a database the doctor says so, and still asks the DNS', async ({ terminal }) => {
  // A name server that knows every name and has nothing to say of any.
  const server = createSocket('udp4').on('message', (query, { port, address }) => {
    query.writeUInt8((query[2] ?? 0) | 0x80, 2);
    server.send(query, port, address);
  });
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  const env = { DATABASE_URL: '', POSTERN_DNS_SERVERS: `127.0.0.1:${server.address().port}` };
  const { exit, out } = await terminal.runWith({ env }, 'doctor', '--json');
  server.close();
  const { lines } = JSON.parse(out) as { readonly lines: readonly { readonly id: string; readonly status: string }[] };
  const statusOf = (id: string) => lines.find((line) => line.id === id)?.status;
  expect([exit, statusOf('database'), statusOf('dns')]).toEqual([1, 'fail', 'pass']);
});
