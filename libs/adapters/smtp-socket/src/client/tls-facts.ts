import { createHash, X509Certificate } from 'node:crypto';
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import {
  dnsNames,
  failureOfVerification,
  proveByDane,
  proves,
  publicKeyInfo,
  trustedButForDates,
  type CertificateFacts,
  type ChannelDemand,
  type TlsFacts,
} from '@postern/tls-policy';

type ShownFacts = Pick<TlsFacts, 'certificate' | 'chain'>;

/**
 * What a finished handshake showed.
 *
 * Whoever resumes a session holds its secret, and so is whom its first handshake showed (RFC 8446 §2.2); the library has
 * no certificate then, so what was shown is remembered with the session.
 */
export function tlsFacts(
  socket: TLSSocket,
  about: {
    readonly host: string;
    readonly demand: ChannelDemand;
    readonly resumed: ShownFacts | undefined;
    /** The trusted authorities, read when they are needed. */
    readonly authorities: () => readonly X509Certificate[];
  },
): TlsFacts {
  const { host, demand, resumed, authorities } = about;
  // First of all: the library gives the chain no more once it was asked for the certificate alone.
  const presented = wantsChain(demand) ? presentedChain(socket) : [];
  const { certificate, chain } = socket.isSessionReused() && resumed ? stillGood(resumed) : shown(socket, presented[0]);
  const now = new Date();
  return {
    protocol: socket.getProtocol() ?? 'unknown',
    cipher: socket.getCipher().name,
    resumed: socket.isSessionReused(),
    certificate,
    chain,
    hostProof: proves({ chain, certificate }, [host]),
    ...(demand.kind === 'dane' ? { daneProof: proveByDane({ ...demand, presented, now }) } : {}),
    ...(demand.kind === 'verified' && presented.length > 0 && !chain.trusted
      ? { trustedButForDates: trustedButForDates({ presented, authorities: authorities(), now }) }
      : {}),
  };
}

function wantsChain(demand: ChannelDemand): boolean {
  return demand.kind === 'dane' || (demand.kind === 'verified' && demand.expired !== undefined);
}

/** The certificates that the host presented, its own first, in DER; bounded, and each once: a root is its own issuer. */
function presentedChain(socket: TLSSocket): readonly Buffer[] {
  const chain: Buffer[] = [];
  let next: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  while (next?.raw && chain.length < MAX_CHAIN && !chain.some((each) => next?.raw.equals(each))) {
    chain.push(next.raw);
    next = next.issuerCertificate;
  }
  return chain;
}

const MAX_CHAIN = 20;

function shown(socket: TLSSocket, own: Buffer | undefined): ShownFacts {
  const peer = own ? new X509Certificate(own) : socket.getPeerX509Certificate();
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
    publicKeySha256: createHash('sha256')
      .update(publicKeyInfo(certificate.raw) ?? Buffer.alloc(0))
      .digest('hex'),
  };
}

function oneLine(name: string | undefined): string {
  return (name ?? '').replaceAll('\n', ', ').slice(0, 500);
}
