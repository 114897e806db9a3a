/**
 * Why a channel is not what was asked, in the words of a TLS report (RFC 8460 §4.3).
 */
export type TlsResultType =
  // §4.3.1, negotiation
  | 'starttls-not-supported'
  | 'certificate-host-mismatch'
  | 'certificate-not-trusted'
  | 'certificate-expired'
  // §4.3.2, policy
  | 'tlsa-invalid'
  | 'dnssec-invalid'
  | 'dane-required'
  | 'sts-policy-fetch-error'
  | 'sts-policy-invalid'
  | 'sts-webpki-invalid'
  // §4.3.3, whatever fits nowhere else
  | 'validation-failure';

/** Why there is no TLS, or why a certificate proves nothing. */
export interface TlsFailure {
  readonly resultType: TlsResultType;
  /** A sentence for the operator. */
  readonly because: string;
}
