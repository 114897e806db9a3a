import type { Socket } from 'node:net';
import { TLSSocket, type SecureContext } from 'node:tls';
import type { TlsFacts } from '@postern/smtp-server';

/** TLS on a connection that a client opened: the encrypted socket, before its handshake is done. */
export interface Handshake {
  readonly socket: TLSSocket;
  /** Rejects when the client cannot or will not; the socket is destroyed then. */
  readonly established: Promise<TlsFacts>;
}

/** Begins the server's side of a TLS handshake on a connection. */
export function beginHandshake(plain: Socket, secureContext: SecureContext): Handshake {
  const socket = new TLSSocket(plain, { isServer: true, secureContext, requestCert: false, rejectUnauthorized: false });
  // Under TLS 1.2 a client could have us shake hands again and again, which costs us more than it; whatever the context allows.
  socket.disableRenegotiation();
  const established = new Promise<TlsFacts>((resolve, reject) => {
    const fail = (error: Error): void => {
      reject(error);
      socket.destroy();
      plain.destroy();
    };
    // What tls.Server listens for on the sockets that it makes; a socket made here has no server to emit `secureConnection`.
    socket.once('secure', () => resolve(factsOf(socket)));
    socket.once('_tlsError', fail);
    socket.once('error', fail);
    socket.once('close', () => fail(new Error('The client closed the connection in the TLS handshake')));
  });
  return { socket, established };
}

function factsOf(socket: TLSSocket): TlsFacts {
  const serverName: unknown = Reflect.get(socket, 'servername');
  return {
    protocol: socket.getProtocol() ?? 'unknown',
    cipher: socket.getCipher().standardName,
    serverName: typeof serverName === 'string' ? serverName : undefined,
  };
}
