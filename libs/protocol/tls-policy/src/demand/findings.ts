import type { UsableTlsa } from '../dane/usable-tlsa.ts';
import type { StsPolicy } from '../mta-sts/sts-policy.ts';

/** What was found out about DANE for one mail host (RFC 7672 §2.2). */
export type DaneFinding =
  /** It does not apply: nobody validates for us, or the way to the host is not authentic. */
  | { readonly kind: 'insecure'; readonly because: string }
  /** The host has no TLSA records, authentically. */
  | { readonly kind: 'none' }
  /** It has records and none that it can be held to: TLS is due, unverified (RFC 7672 §2.2). */
  | { readonly kind: 'unusable'; readonly baseDomain: string; readonly because: string }
  | {
      readonly kind: 'usable';
      readonly baseDomain: string;
      readonly records: readonly UsableTlsa[];
      readonly names: readonly string[];
    }
  /** Somebody keeps the answer away, or it is forged: the host is not to be used now (RFC 7672 §2.1.1). */
  | { readonly kind: 'failed'; readonly because: string };

/** What was found out about a domain's MTA-STS policy (RFC 8461 §3). */
export type StsFinding =
  /** `failure` when it seems to have one that could not be had. */
  | { readonly kind: 'none'; readonly because: string; readonly failure?: StsFault }
  | {
      readonly kind: 'policy';
      readonly policy: StsPolicy;
      readonly id: string;
      readonly fetchedAt: Date;
      readonly expiresAt: Date;
      /** Why it could not be fetched anew, while the one at hand still counts. */
      readonly failure?: StsFault;
    };

export interface StsFault {
  readonly resultType: 'sts-policy-fetch-error' | 'sts-policy-invalid' | 'sts-webpki-invalid';
  readonly because: string;
}

/** What operators have decided about a domain, a route or a credential, all that applies taken together. */
export interface LocalDemand {
  readonly channel: 'none' | 'encrypted' | 'verified' | 'dane';
  readonly minVersion?: 'TLSv1.2' | 'TLSv1.3';
  /** The cipher suites that will do, in OpenSSL's names; when none is left, no channel will do. Any when not given. */
  readonly ciphers?: readonly string[];
  /** An expired certificate will do. */
  readonly expired?: 'allowed';
  /** Which rule, and why: for the attempt's record. */
  readonly because: string;
}

/** What the sender wants of the channel (RFC 8689): all of the way secured, no policy but delivery, or nothing. */
export type SenderWish = 'requiretls' | 'tls-optional' | 'none';
