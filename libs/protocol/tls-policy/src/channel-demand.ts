import type { UsableTlsa } from './dane/usable-tlsa.ts';

/** What a delivery demands of the channel to a mail host, and which policy says so. */
export type ChannelDemand = ChannelKind & {
  /** TLS below this version is no TLS. TLS 1.2 when not given (RFC 8997). */
  readonly minVersion?: TlsVersion;
  /** The cipher suites that will do, in OpenSSL's names. Any that is not broken when not given. */
  readonly ciphers?: readonly string[];
};

export type TlsVersion = 'TLSv1.2' | 'TLSv1.3';

type ChannelKind =
  /** TLS where the host offers it, unverified; in clear where it does not, or where TLS fails (RFC 7435, RFC 3207 §4). */
  | { readonly kind: 'opportunistic' }
  /** TLS, unverified; never in clear. */
  | { readonly kind: 'encrypted'; readonly because: string }
  /** TLS with a certificate that a trusted authority gave to one of these names; never otherwise. */
  | {
      readonly kind: 'verified';
      readonly names: readonly string[];
      readonly because: string;
      /** A certificate whose dates are over will do, when everything else is right. */
      readonly expired?: 'allowed';
    }
  /** TLS with a certificate that matches one of these TLSA records; never otherwise (RFC 7672 §2.2). */
  | {
      readonly kind: 'dane';
      readonly records: readonly UsableTlsa[];
      /** The reference identifiers for DANE-TA(2) (RFC 7672 §3.2.2). */
      readonly names: readonly string[];
      /** What to say in SNI: the TLSA base domain (RFC 7672 §8.1). */
      readonly serverName: string;
      readonly because: string;
    }
  /** No TLS, even where it is offered. */
  | { readonly kind: 'clear'; readonly because: string };

/** The demand in a few words, for the attempt's record: `opportunistic`, `verified: route smarthost`. */
export function describeDemand(demand: ChannelDemand): string {
  const version = demand.minVersion === 'TLSv1.3' ? ', TLS 1.3' : '';
  const ciphers = demand.ciphers ? ', chosen cipher suites' : '';
  const because = demand.kind === 'opportunistic' ? '' : `: ${demand.because}`;
  return `${demand.kind}${because}${version}${ciphers}`;
}
