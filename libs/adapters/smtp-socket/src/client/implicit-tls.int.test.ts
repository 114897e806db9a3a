import { once } from 'node:events';
import { createServer as createTlsServer } from 'node:tls';
import { mailHost } from '@postern/lab';
import { describe, expect, it } from 'vitest';
import { at, dialer, good, OPPORTUNISTIC, tls, VERIFIED } from './testing/tls-lab.ts';

describe('implicit TLS', () => {
  it('comes before the greeting, and AUTH comes inside it', async () => {
    const heard: string[] = [];
    const server = createTlsServer(tls(good), (socket) => {
      socket.on('error', () => undefined);
      socket.write('220 mx\r\n');
      socket.on('data', (octets) => {
        heard.push(octets.toString().trim());
        socket.write(octets.toString().startsWith('EHLO') ? '250-mx\r\n250 AUTH PLAIN\r\n' : '235 2.7.0 yes\r\n');
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const end = await dialer().dial({
      ...at({ address: '127.0.0.1', port }, VERIFIED),
      implicitTls: true,
      auth: { name: 'me', secret: 'pass' },
    });
    expect(end).toMatchObject({ kind: 'connected', connection: { facts: { stepsMs: { tls: expect.any(Number) } } } });
    expect(heard).toEqual(['EHLO us.example.org', `AUTH PLAIN ${Buffer.from('\0me\0pass').toString('base64')}`]);
    if (end.kind === 'connected') end.connection.destroy();
    server.close();
  });

  it('to a port that speaks in clear fails', async () => {
    await using host = await mailHost();
    expect(await dialer().dial({ ...at(host, OPPORTUNISTIC), implicitTls: true })).toMatchObject({
      kind: 'refused',
      refusal: { fault: { stage: 'connect', kind: 'tls' } },
    });
  });
});
