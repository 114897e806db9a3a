/** What came back about a message of ours, for one of its recipients or for none that it names. */
export interface ReturnedReport {
  readonly messageId: string;
  /** The recipient that the report names; undefined where it names none. */
  readonly recipients: readonly string[];
  readonly kind: 'dsn' | 'feedback' | 'other';
  readonly action: string | undefined;
  readonly status: string | undefined;
  readonly diagnostic: string | undefined;
  readonly feedbackType: string | undefined;
  readonly class: string | undefined;
  readonly clientAddress: string;
  /** The host that wrote it, as it says itself. */
  readonly reportingMta: string | undefined;
}

/** What mail to our return-paths needs of the store. */
export interface ReturnedStore {
  /**
   * Keeps reports, each tied to the message and to its recipient, in one transaction; at most `MAX_RETURNED` for a message.
   * The first failure of a recipient counts, and its sender is told; several of an address, of messages to it alone, suppress
   * it. A complaint about a message of one recipient counts as theirs, and suppresses it.
   */
  keepReturned(reports: readonly ReturnedReport[]): Promise<void>;

  /** Adds to how many recipients were tried, by what their token was. */
  countTries(tries: ReadonlyMap<Token, number>): Promise<void>;
}

/** What the token in a return-path that somebody sends to was; `other`: an address that has none. */
export const TOKENS = ['accepted', 'expired', 'forged', 'other'] as const;
export type Token = (typeof TOKENS)[number];

/** Whoever has a return-path may send to it as often as they like; what is kept is bounded. */
export const MAX_RETURNED = 100;
