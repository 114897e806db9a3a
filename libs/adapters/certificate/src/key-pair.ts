import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';

/** A certificate of ours and its key, ready for listeners. */
export interface KeyPair {
  /** `clientAuthorities`: PEM of those whose word about clients is taken; always the same. */
  secureContext(floor?: TlsFloor, clientAuthorities?: string): SecureContext;
  readonly facts: CertificateFacts;
}

/** The oldest version of TLS that is spoken. Before 1.2 only for devices that nobody updates (RFC 8996, RFC 8997). */
export type TlsFloor = 'TLSv1' | 'TLSv1.2';

export interface CertificateFacts {
  readonly subject: string;
  /** The names and addresses that it is for. */
  readonly names: readonly string[];
  readonly validFrom: Date;
  readonly validTo: Date;
  readonly selfSigned: boolean;
  /** In hex. */
  readonly fingerprintSha256: string;
}

/** A certificate and key that no listener can use; the message says which file is wrong, and how. */
export class CertificateUnusable extends Error {
  override readonly name = 'CertificateUnusable';
}

/** Takes a certificate chain and a key from PEM texts; `files` are where they came from, for the message when they are no use. */
export function keyPair(
  pem: { readonly certificate: string; readonly key: string },
  files: { readonly certificate: string; readonly key: string },
): KeyPair {
  const certificate = parseCertificate(pem.certificate, files.certificate);
  const key = parseKey(pem.key, files.key);
  if (!certificate.checkPrivateKey(key)) {
    throw new CertificateUnusable(
      `The key in ${files.key} does not belong to the first certificate in ${files.certificate} (${oneLine(certificate.subject)})`,
    );
  }
  try {
    return { secureContext: contexts(pem), facts: certificateFacts(certificate) };
  } catch (error) {
    throw unusable(`OpenSSL does not take the certificate in ${files.certificate} with its key`, error);
  }
}

/** Contexts by the oldest version that they speak; each is made once, that for today's clients now. */
function contexts({
  certificate: cert,
  key,
}: {
  readonly certificate: string;
  readonly key: string;
}): KeyPair['secureContext'] {
  // OpenSSL resumes no session of a client that was asked for a certificate unless it knows where the session belongs.
  const own = { cert, key, sessionIdContext: 'postern' } as const;
  const make = (floor: TlsFloor, ca: string | undefined): SecureContext =>
    createSecureContext({
      ...own,
      ...(ca === undefined ? {} : { ca }),
      minVersion: floor,
      // What TLS 1.0 signs with is below OpenSSL's security level 1.
      ...(floor === 'TLSv1.2' ? {} : { ciphers: OLD_CIPHERS }),
    });
  const made = new Map([['TLSv1.2', make('TLSv1.2', undefined)]]);
  return (floor = 'TLSv1.2', clientAuthorities = undefined) => {
    const key = clientAuthorities === undefined ? floor : `${floor} with authorities`;
    const context = made.get(key) ?? make(floor, clientAuthorities);
    made.set(key, context);
    return context;
  };
}

const OLD_CIPHERS = 'DEFAULT:!aNULL:!eNULL:!RC4:!MD5:@SECLEVEL=0';

function parseCertificate(pem: string, file: string): X509Certificate {
  if (!pem.includes('-----BEGIN')) throw new CertificateUnusable(`${file} holds no certificate in PEM`);
  try {
    return new X509Certificate(pem);
  } catch (error) {
    throw unusable(`${file} holds no certificate that can be read`, error);
  }
}

function parseKey(pem: string, file: string): KeyObject {
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem))
    throw new CertificateUnusable(`${file} holds no private key in PEM`);
  if (/-----BEGIN ENCRYPTED|Proc-Type: 4,ENCRYPTED/.test(pem)) {
    throw new CertificateUnusable(`The key in ${file} is encrypted, and there is nobody to ask for its passphrase`);
  }
  try {
    return createPrivateKey(pem);
  } catch (error) {
    throw unusable(`${file} holds no private key that can be read`, error);
  }
}

function certificateFacts(certificate: X509Certificate): CertificateFacts {
  const names = (certificate.subjectAltName ?? '').matchAll(/(?:^|, )(?:DNS|IP Address):([^,"]+)/g);
  return {
    subject: oneLine(certificate.subject),
    names: [...names].map(([, name = '']) => name.toLowerCase()),
    validFrom: new Date(certificate.validFrom),
    validTo: new Date(certificate.validTo),
    selfSigned: certificate.subject === certificate.issuer && certificate.verify(certificate.publicKey),
    fingerprintSha256: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
  };
}

/** An Error's own words, without those of the library's source. */
function unusable(says: string, cause: unknown): CertificateUnusable {
  const detail = cause instanceof Error ? (/[^:]*$/.exec(cause.message)?.[0] ?? '').trim() : String(cause);
  return new CertificateUnusable(`${says}: ${detail}`, { cause });
}

function oneLine(subject: string): string {
  return subject.replaceAll('\n', ', ');
}
