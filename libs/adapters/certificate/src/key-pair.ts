import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';

/** A certificate of ours and its key, ready for listeners. */
export interface KeyPair {
  readonly secureContext: SecureContext;
  readonly facts: CertificateFacts;
}

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
    // RFC 8997: TLS 1.0 and 1.1 must not be used for submission.
    const secureContext = createSecureContext({ cert: pem.certificate, key: pem.key, minVersion: 'TLSv1.2' });
    return { secureContext, facts: certificateFacts(certificate) };
  } catch (error) {
    throw unusable(`OpenSSL does not take the certificate in ${files.certificate} with its key`, error);
  }
}

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
