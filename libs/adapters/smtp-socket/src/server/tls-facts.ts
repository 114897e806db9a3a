import type { TLSSocket } from 'node:tls';
import type { ClientCertificate, TlsFacts } from '@postern/smtp-server';
import { certificateOf, channelBinding } from '../channel-binding.ts';

/** What a handshake with a client has shown. */
export function factsOf(socket: TLSSocket): TlsFacts {
  const serverName: unknown = Reflect.get(socket, 'servername');
  return {
    protocol: socket.getProtocol() ?? 'unknown',
    cipher: socket.getCipher().standardName,
    serverName: typeof serverName === 'string' ? serverName : undefined,
    binding: (type) => channelBinding(socket, { type, server: certificateOf(socket.getCertificate()) }),
    clientCertificate: clientCertificate(socket),
  };
}

function clientCertificate(socket: TLSSocket): ClientCertificate | undefined {
  const certificate = certificateOf(socket.getPeerCertificate());
  return (
    certificate && {
      fingerprintSha256: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
      subject: certificate.subject.replaceAll('\n', ', ').slice(0, 500),
      validFrom: new Date(certificate.validFrom),
      validTo: new Date(certificate.validTo),
    }
  );
}
