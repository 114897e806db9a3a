/** What became of a recipient (RFC 3464 §2.3.3). */
export type Action = 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';

export const ACTIONS: readonly Action[] = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'];

/** What a DSN says of one recipient (RFC 3464 §2.3). */
export interface RecipientStatus {
  /** The forward-path, without brackets. */
  readonly finalRecipient: string;
  /** ORCPT as the sender gave it: `rfc822;a+2Bb@b.example` (RFC 3461 §4.2). */
  readonly orcpt?: string | undefined;
  readonly action: Action;
  /** RFC 3463. */
  readonly status: string;
  /** The mail host that said it; undefined where none did. */
  readonly remoteMta?: string | undefined;
  /** The reply: `550 5.1.1 no such user`. */
  readonly diagnostic?: { readonly type: 'smtp' | 'x-postern'; readonly text: string } | undefined;
  readonly lastAttempt?: Date | undefined;
  readonly willRetryUntil?: Date | undefined;
}
