import type { DaneProof } from './dane/prove-by-dane.ts';
import type { TlsFailure } from './result-type.ts';

/** What the channel to a mail host turned out to be. */
export type ChannelFacts =
  | {
      readonly kind: 'clear';
      /** Why it is in clear, when TLS was wanted. */
      readonly failure?: TlsFailure;
    }
  | { readonly kind: 'encrypted'; readonly tls: TlsFacts };

/** What a TLS handshake showed. */
export interface TlsFacts {
  /** As the library names it: `TLSv1.3`. */
  readonly protocol: string;
  readonly cipher: string;
  /** Whether an earlier session was resumed. */
  readonly resumed: boolean;
  readonly certificate: CertificateFacts | undefined;
  /** Whether a trusted authority signed the certificate and its dates are good; says nothing of its names. */
  readonly chain: { readonly trusted: true } | { readonly trusted: false; readonly failure: TlsFailure };
  /** Whether the certificate proves the mail host's name: chain, dates and name. Recorded whatever the demand is. */
  readonly hostProof: { readonly proved: true } | { readonly proved: false; readonly failure: TlsFailure };
  /** Whether the certificate matches the TLSA records of the demand; undefined where none were demanded. */
  readonly daneProof?: DaneProof;
  /** Whether nothing but its dates is wrong with the chain; undefined where nobody asked. */
  readonly trustedButForDates?: boolean;
}

export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  /** The DNS names of the subject alternative name (DNS-ID, RFC 6125 §1.8). */
  readonly names: readonly string[];
  readonly validFrom: Date;
  readonly validTo: Date;
  /** SHA-256 of the certificate, in hex. */
  readonly fingerprintSha256: string;
  /** SHA-256 of its SubjectPublicKeyInfo, in hex: what a TLSA record `3 1 1` says. */
  readonly publicKeySha256?: string;
}
