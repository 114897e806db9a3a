import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { RouteClientCertificate } from '@postern/admin-contract';

export const CLIENT_CERTIFICATE_RULE =
  'Expected a certificate with its chain and its private key without a password, in PEM';

/** What operators see of a client certificate: all but its key. Undefined: the PEM holds no certificate with its key. */
export function readClientCertificate(pem: string): RouteClientCertificate | undefined {
  try {
    const certificate = new X509Certificate(pem);
    if (!certificate.checkPrivateKey(createPrivateKey(pem))) return undefined;
    return {
      subject: certificate.subject.replaceAll('\n', ', ').slice(0, 1_000),
      notAfter: certificate.validToDate.toISOString(),
      fingerprintSha256: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    };
  } catch {
    return undefined;
  }
}
