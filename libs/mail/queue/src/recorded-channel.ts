/** What was demanded of the channel to a mail host and what it turned out to be, as an attempt keeps it. */
export interface RecordedChannel {
  /** What was found, each in a few words; what was not found is left out. */
  readonly found: {
    readonly dane?: string;
    readonly mtaSts?: string;
    readonly local?: string;
    /** REQUIRETLS, or `TLS-Required: No`. */
    readonly sender?: string;
  };
  /** Which of them decided: dane, mta-sts, requiretls, local, none. */
  readonly applied: string;
  /** What it demanded: opportunistic, encrypted, verified, dane, clear; `no delivery` where the host was not to be used. */
  readonly demanded: string;
  readonly verdict: 'pass' | 'fail';
  /** RFC 8460 §4.3, also for what was forgiven. */
  readonly resultType?: string;
  readonly because: string;
  readonly certificate?: {
    readonly subject: string;
    readonly issuer: string;
    readonly names: readonly string[];
    readonly validFrom: string;
    readonly validTo: string;
    readonly fingerprintSha256: string;
    readonly publicKeySha256?: string;
  };
}
