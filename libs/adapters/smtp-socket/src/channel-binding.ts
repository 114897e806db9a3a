import { createHash, X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { ChannelBindingType } from '@postern/sasl';

/**
 * What binds an authentication to a TLS connection (RFC 5056), the same at both ends; undefined when the connection has no
 * binding of that type. `server` is the server's certificate.
 */
export function channelBinding(
  socket: TLSSocket,
  { type, server }: { readonly type: ChannelBindingType; readonly server: X509Certificate | undefined },
): Buffer | undefined {
  if (socket.destroyed) return undefined;
  switch (type) {
    case 'tls-exporter':
      // RFC 9266 §4.2: before TLS 1.3 it needs the extended master secret, of which the library says nothing.
      return socket.getProtocol() === 'TLSv1.3'
        ? socket.exportKeyingMaterial(32, 'EXPORTER-Channel-Binding', Buffer.alloc(0))
        : undefined;
    case 'tls-server-end-point':
      return server && serverEndPoint(server);
  }
}

/**
 * The hash of the server's certificate by the hash function of its signature, with SHA-256 in place of MD5 and SHA-1;
 * undefined when the signature names no hash function of its own, as Ed25519 (RFC 5929 §4.1).
 */
function serverEndPoint(certificate: X509Certificate): Buffer | undefined {
  const [, name] = /(md5|sha1|sha224|sha256|sha384|sha512)/i.exec(certificate.signatureAlgorithm ?? '') ?? [];
  if (name === undefined) return undefined;
  const hash = /md5|sha1$/i.test(name) ? 'sha256' : name.toLowerCase();
  return createHash(hash).update(certificate.raw).digest();
}

/** A certificate in the form in which the library hands out those of a connection; undefined when there is none. */
export function certificateOf(certificate: object | null): X509Certificate | undefined {
  const raw: unknown = certificate && Reflect.get(certificate, 'raw');
  return raw instanceof Uint8Array ? new X509Certificate(raw) : undefined;
}
