import { createServer, type Server } from 'node:http';
import { showAddress, type SocketAddress } from '@postern/configuration';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { refuseClient } from './gate/refused-early.ts';

/**
 * Listens on every address, or on none: answers their URLs, and the servers beside the app's own that end with it.
 */
export async function listen(
  app: NestFastifyApplication,
  addresses: readonly SocketAddress[],
): Promise<{ readonly urls: readonly string[]; readonly others: readonly Server[] }> {
  const [first, ...more] = addresses;
  if (!first) throw new Error('POSTERN_LISTEN_API is off: name an address, or leave `api` out of POSTERN_PROCESSES');
  await app.listen({ host: first.address, port: first.port, exclusive: true });
  const others: Server[] = [];
  try {
    for (const address of more) others.push(await another(app, address));
  } catch (error) {
    for (const server of others) server.close();
    throw error;
  }
  return { urls: [app.getHttpServer(), ...others].map(urlOf), others };
}

/** One more server that hands its requests to the same app. */
async function another(app: NestFastifyApplication, { address, port }: SocketAddress): Promise<Server> {
  const { routing } = app.getHttpAdapter().getInstance();
  const server = createServer({ requestTimeout: 30_000 }, routing);
  server.on('clientError', refuseClient);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: address, port, exclusive: true }, () => resolve());
  });
  return server;
}

function urlOf(server: Server): string {
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the server listens on no port');
  return `http://${showAddress({ address: bound.address, port: bound.port })}`;
}
