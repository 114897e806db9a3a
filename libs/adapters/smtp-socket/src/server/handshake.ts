import type { Socket } from 'node:net';
import { TLSSocket, type SecureContext } from 'node:tls';
import type { TlsFacts } from '@postern/smtp-server';
import { factsOf } from './tls-facts.ts';

/** TLS on a connection that a client opened: the encrypted socket, before its handshake is done. */
export interface Handshake {
  readonly socket: TLSSocket;
  /** Rejects when the client cannot or will not; the socket is destroyed then. */
  readonly established: Promise<TlsFacts>;
}

/** What a listener shakes hands with, asked anew for each handshake: a certificate may change while we run. */
export interface ServerTls {
  /** Its own certificate, by the name that the client asks for (RFC 6066 §3): whatever it says, or undefined for none. */
  secureContext(serverName: string | undefined): SecureContext;
  /** Whether clients are asked for a certificate of theirs; whoever has none goes on without. */
  readonly clientCertificates?: (() => 'asked for' | 'not asked for') | undefined;
  /** Whether the contexts have the authorities whose word about clients is taken, and no others. */
  readonly clientAuthorities?: 'known' | 'none';
}

/** Begins the server's side of a TLS handshake on a connection. */
export function beginHandshake(plain: Socket, tls: ServerTls): Handshake {
  const socket = new TLSSocket(plain, {
    isServer: true,
    secureContext: tls.secureContext(undefined),
    SNICallback: (serverName, answer) => answer(null, tls.secureContext(serverName)),
    requestCert: tls.clientCertificates?.() === 'asked for',
    rejectUnauthorized: false,
  });
  // Under TLS 1.2 a client could have us shake hands again and again, which costs us more than it; whatever the context allows.
  socket.disableRenegotiation();
  const established = new Promise<TlsFacts>((resolve, reject) => {
    const fail = (error: Error): void => {
      reject(error);
      socket.destroy();
      plain.destroy();
    };
    // What tls.Server listens for on the sockets that it makes; a socket made here has no server to emit `secureConnection`.
    socket.once('secure', () => resolve(factsOf(socket, tls)));
    socket.once('_tlsError', fail);
    socket.once('error', fail);
    socket.once('close', () => fail(new Error('The client closed the connection in the TLS handshake')));
  });
  return { socket, established };
}
