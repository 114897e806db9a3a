import type { TLSSocket } from 'node:tls';
import type { ClientCertificate, TlsFacts } from '@postern/smtp-server';
import { certificateOf, channelBinding } from '../channel-binding.ts';
import type { ServerTls } from './handshake.ts';

/** What a handshake with a client has shown. */
export function factsOf(socket: TLSSocket, tls: Pick<ServerTls, 'clientAuthorities'>): TlsFacts {
  const serverName: unknown = Reflect.get(socket, 'servername');
  return {
    protocol: socket.getProtocol() ?? 'unknown',
    cipher: socket.getCipher().standardName,
    serverName: typeof serverName === 'string' ? serverName : undefined,
    binding: (type) => channelBinding(socket, { type, server: certificateOf(socket.getCertificate()) }),
    clientCertificate: clientCertificate(socket, tls),
  };
}

function clientCertificate(
  socket: TLSSocket,
  { clientAuthorities }: Pick<ServerTls, 'clientAuthorities'>,
): ClientCertificate | undefined {
  const certificate = certificateOf(socket.getPeerCertificate());
  return (
    certificate && {
      fingerprintSha256: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
      subject: certificate.subject.replaceAll('\n', ', '),
      // Without authorities of ours OpenSSL would take the word of all public ones.
      issuer: clientAuthorities === 'known' && isVerified(socket) ? 'ours' : 'anybody',
      validFrom: new Date(certificate.validFrom),
      validTo: new Date(certificate.validTo),
    }
  );
}

/**
 * What OpenSSL found of the chain, its dates and its purpose: undefined or null for no fault. `tls.Server` asks its sockets the same
 * way; a socket made here has no server to set `authorized`. Whatever cannot be asked is not verified.
 */
function isVerified(socket: TLSSocket): boolean {
  const handle: unknown = Reflect.get(socket, '_handle');
  if (typeof handle !== 'object' || handle === null) return false;
  const verifyError: unknown = Reflect.get(handle, 'verifyError');
  if (typeof verifyError !== 'function') return false;
  const fault: unknown = Reflect.apply(verifyError, handle, []);
  return fault === undefined || fault === null;
}
