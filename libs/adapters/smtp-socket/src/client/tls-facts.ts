import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { failureOfVerification, proves, type CertificateFacts, type TlsFacts } from '@postern/tls-policy';

type ShownFacts = Pick<TlsFacts, 'certificate' | 'chain'>;

/**
 * What a finished handshake showed.
 *
 * Whoever resumes a session holds its secret, and so is whom its first handshake showed (RFC 8446 §2.2); the library has
 * no certificate then, so what was shown is remembered with the session.
 */
export function tlsFacts(
  socket: TLSSocket,
  { host, resumed }: { readonly host: string; readonly resumed: ShownFacts | undefined },
): TlsFacts {
  const { certificate, chain } = socket.isSessionReused() && resumed ? stillGood(resumed) : shown(socket);
  return {
    protocol: socket.getProtocol() ?? 'unknown',
    cipher: socket.getCipher().name,
    resumed: socket.isSessionReused(),
    certificate,
    chain,
    hostProof: proves({ chain, certificate }, [host]),
  };
}

function shown(socket: TLSSocket): ShownFacts {
  const peer = socket.getPeerX509Certificate();
  const chain: TlsFacts['chain'] = socket.authorized
    ? { trusted: true }
    : { trusted: false, failure: failureOfVerification(verificationCode(socket)) };
  return { certificate: peer && certificateFacts(peer), chain };
}

/** A certificate may have ended since it was shown. */
function stillGood({ certificate, chain }: ShownFacts): ShownFacts {
  const ended = certificate !== undefined && certificate.validTo.getTime() <= Date.now();
  return ended && chain.trusted
    ? { certificate, chain: { trusted: false, failure: failureOfVerification('CERT_HAS_EXPIRED') } }
    : { certificate, chain };
}

function verificationCode(socket: TLSSocket): string {
  // The types say Error; the library gives the code of the error.
  const error: unknown = socket.authorizationError;
  return typeof error === 'string' ? error : 'UNSPECIFIED';
}

function certificateFacts(certificate: X509Certificate): CertificateFacts {
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    names: dnsNames(certificate.subjectAltName ?? ''),
    validFrom: new Date(certificate.validFrom),
    validTo: new Date(certificate.validTo),
    fingerprintSha256: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
  };
}

/**
 * The DNS names in the text that the library makes of a subject alternative name: `DNS:a.example, IP Address:192.0.2.1`.
 *
 * A name with characters that could be taken for another entry stands in quotes there; no host has such a name.
 */
export function dnsNames(subjectAltName: string): readonly string[] {
  const entries = subjectAltName.matchAll(/(?:^|, )([^:",]*):("(?:[^"\\]|\\.)*"|[^,"]*)(?=, |$)/g);
  return [...entries].flatMap(([, kind, value]) => (kind === 'DNS' && value && !value.startsWith('"') ? [value] : []));
}

function oneLine(name: string | undefined): string {
  return (name ?? '').replaceAll('\n', ', ').slice(0, 500);
}
