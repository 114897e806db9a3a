import { createSecureContext, type SecureVersion } from 'node:tls';
import { selfSigned } from '@postern/lab';
import { afterEach, describe, expect, it, test } from 'vitest';
import { createDialer } from './client/dialer.ts';
import type { ServerTls } from './server/handshake.ts';
import { listening, type Listening } from './server/testing/listening.ts';
import { RawClient } from './server/testing/raw-client.ts';
import { serverSecureContext } from './server/secure-context.ts';

let open: Listening[] = [];
async function start(options: Parameters<typeof listening>[0]): Promise<Listening> {
  const started = await listening(options);
  open.push(started);
  return started;
}
afterEach(async () => {
  await Promise.all(open.map(({ listener }) => listener.close(0)));
  open = [];
});

const auth = { name: 'app1', secret: 'secret', mechanisms: ['SCRAM-SHA-256-PLUS'] };

describe.each<[SecureVersion, 'rsa' | 'ec']>([
  ['TLSv1.3', 'rsa'],
  ['TLSv1.2', 'rsa'],
  ['TLSv1.2', 'ec'],
])('over %s with a certificate of %s', (maxVersion, keyType) => {
  it.each(['submission', 'submissions'] as const)('our client is bound to our server’s channel on %s', async (kind) => {
    const { chain, key } = await selfSigned(['gw.example'], { keyType });
    const context = createSecureContext({ cert: chain, key, maxVersion, sessionIdContext: 'lab' });
    const { port } = await start({ kind, tls: { secureContext: () => context } });
    const dialer = createDialer({ localName: 'us.example.org' });
    // The second connection resumes the session of the first.
    for (let connection = 0; connection < 2; connection += 1) {
      const end = await dialer.dial({
        host: 'gw.example',
        address: '127.0.0.1',
        port,
        implicitTls: kind === 'submissions',
        demand: { kind: 'encrypted', because: 'route' },
        auth: { ...auth, mechanisms: connection === 0 ? auth.mechanisms : [...auth.mechanisms, 'SCRAM-SHA-256'] },
      });
      expect(end.kind === 'refused' ? [connection, end.refusal.fault, end.refusal.reply] : []).toEqual([]);
      if (end.kind === 'connected') await end.connection.close();
    }
  });
});

test('a client that shows a certificate may use EXTERNAL, also when it resumes its session; one that shows none may not', async () => {
  const [server, client] = await Promise.all([selfSigned(['gw.example']), selfSigned(['device.example'])]);
  const context = serverSecureContext({ cert: server.chain, key: server.key });
  const tls: ServerTls = { secureContext: () => context, clientCertificates: () => 'asked for' };
  const { port, messages } = await start({ kind: 'submission', tls });
  let session: Buffer | undefined;
  for (const version of ['TLSv1.3', 'TLSv1.2'] as const) {
    session = undefined;
    for (let connection = 0; connection < 2; connection += 1) {
      const raw = await RawClient.greeted(port);
      await raw.say('STARTTLS');
      const own = { cert: client.certificate, key: client.key, maxVersion: version, ...(session ? { session } : {}) };
      await raw.startTls(own, (fresh) => (session = fresh));
      expect(await raw.say('EHLO again.example')).toContain(' EXTERNAL');
      expect(await raw.say('AUTH EXTERNAL =')).toMatch(/^235 /);
      raw.destroy();
    }
  }
  const without = await RawClient.greeted(port);
  await without.say('STARTTLS');
  await without.startTls();
  expect(await without.say('EHLO again.example')).not.toContain('EXTERNAL');
  expect(await without.say('AUTH EXTERNAL =')).toMatch(/^504 /);
  without.destroy();
  expect(messages).toEqual([]);
});
