import type { TlsFailure, TlsResultType } from './result-type.ts';

/**
 * A certificate verification error of OpenSSL in the words of RFC 8460 §4.3.1.
 *
 * `certificate-expired` is for a certificate after its end; one before its beginning is not trusted.
 */
export function failureOfVerification(code: string): TlsFailure {
  return {
    resultType: RESULT_TYPES[code] ?? 'validation-failure',
    because: `certificate not valid: ${sentence(code)}`,
  };
}

const RESULT_TYPES: Readonly<Record<string, TlsResultType>> = {
  CERT_HAS_EXPIRED: 'certificate-expired',
  CERT_NOT_YET_VALID: 'certificate-not-trusted',
  CERT_UNTRUSTED: 'certificate-not-trusted',
  CERT_REJECTED: 'certificate-not-trusted',
  CERT_REVOKED: 'certificate-not-trusted',
  CERT_CHAIN_TOO_LONG: 'certificate-not-trusted',
  CERT_SIGNATURE_FAILURE: 'certificate-not-trusted',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate-not-trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate-not-trusted',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate-not-trusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate-not-trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate-not-trusted',
  INVALID_CA: 'certificate-not-trusted',
  INVALID_PURPOSE: 'certificate-not-trusted',
  PATH_LENGTH_EXCEEDED: 'certificate-not-trusted',
  HOSTNAME_MISMATCH: 'certificate-host-mismatch',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-host-mismatch',
};

function sentence(code: string): string {
  return code.toLowerCase().replaceAll('_', ' ');
}
