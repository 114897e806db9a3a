/** What accepting needs to know of addresses that are not sent to. */
export interface SuppressionStore {
  /** The addresses of suppressions that are new or changed since an instant (all: since undefined), a page at a time. */
  suppressedSince(since: Date | undefined, after: string | undefined): Promise<SuppressedPage>;

  /** The suppressions of these addresses that hold now, whatever their scope. */
  suppressionsOf(addresses: readonly string[]): Promise<readonly HeldSuppression[]>;

  /** The credentials whose suppressed recipients are refused at RCPT. */
  refusingCredentials(): Promise<readonly string[]>;

  /** The credentials whose mail leaves with signed return-paths. */
  signingCredentials(): Promise<readonly string[]>;
}

export interface SuppressedPage {
  /** The store's time, from which to ask next time. */
  readonly at: Date;
  readonly addresses: readonly string[];
  /** Where the next page begins; undefined on the last one. */
  readonly after: string | undefined;
}

export interface HeldSuppression {
  readonly address: string;
  /** `*`, `@domain`, or one address. */
  readonly scope: string;
  readonly class: string;
  readonly evidence: string;
  readonly createdAt: Date;
}
