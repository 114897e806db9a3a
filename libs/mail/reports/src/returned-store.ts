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
}

/** What mail to our return-paths needs of the store. */
export interface ReturnedStore {
  /**
   * Keeps reports, each tied to the message and to its recipient, in one transaction; at most `MAX_RETURNED` for a message.
   * A complaint about a message of one recipient counts as theirs, and suppresses it.
   */
  keepReturned(reports: readonly ReturnedReport[]): Promise<void>;
}

/** Whoever has a return-path may send to it as often as they like; what is kept is bounded. */
export const MAX_RETURNED = 100;
