import type { Socket } from 'node:net';
import { TLSSocket, type TlsOptions } from 'node:tls';
import type { ReceivingSession } from './received-message.ts';

/** Carries on over TLS as the server; `established` hears the facts of the handshake when it has succeeded. */
export function secureSocket(
  socket: Socket,
  options: TlsOptions,
  established: (tls: NonNullable<ReceivingSession['tls']>) => void,
): TLSSocket {
  socket.removeAllListeners('data');
  const secure = new TLSSocket(socket, { ...options, isServer: true });
  secure.once('secure', () => {
    const serverName: unknown = Reflect.get(secure, 'servername');
    established({
      protocol: secure.getProtocol() ?? '',
      cipher: secure.getCipher().name,
      serverName: typeof serverName === 'string' ? serverName : undefined,
    });
  });
  return secure;
}
