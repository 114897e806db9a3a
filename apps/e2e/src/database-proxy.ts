import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A way to the database that can be cut behind one statement: it is carried out, and its answer never comes. */
export interface DatabaseProxy extends AsyncDisposable {
  readonly url: string;
  /** From the next use of a prepared statement on, nothing that the database says on its connection passes. */
  muteAfter(statement: string): void;
}

export async function databaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let mute: Buffer | undefined;
  const server = createServer((client) => {
    const folder = target.searchParams.get('host');
    const port = Number(target.port);
    const database = folder === null ? connect({ host: target.hostname, port }) : connect(`${folder}/.s.PGSQL.${port}`);
    let muted = false;
    for (const socket of [client, database]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    client.on('data', (octets) => {
      muted ||= mute !== undefined && octets.includes(mute);
      database.write(octets);
    });
    database.on('data', (octets) => {
      if (!muted) client.write(octets);
    });
    client.on('close', () => database.end());
    database.on('close', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  const url = new URL(databaseUrl);
  url.search = '';
  url.hostname = '127.0.0.1';
  url.port = String(typeof bound === 'object' && bound ? bound.port : 0);
  return {
    url: url.href,
    // PostgreSQL's Bind names the statement behind an empty portal, both ended by NUL.
    muteAfter: (statement) => void (mute = Buffer.from(`\0${statement}\0`)),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
