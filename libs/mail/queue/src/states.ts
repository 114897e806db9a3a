/** The states of a recipient. A recipient is in exactly one of them, always. */
export const RECIPIENT_STATES = [
  'queued',
  'sending',
  'deferred',
  'held',
  'delivered',
  'bounced',
  'expired',
  'suppressed',
  'cancelled',
] as const;

export type RecipientState = (typeof RECIPIENT_STATES)[number];

/**
 * Every move that exists; the store moves a row by saying where it was, and tells the loser.
 *
 * `sending -> deferred` is also the lost lease: the outcome is unknown, and the row is marked as maybe delivered.
 * `sending -> queued` hands a recipient back that was claimed and never attempted (a lane that drains, a queue that changed).
 */
const MOVES: Readonly<Record<RecipientState, readonly RecipientState[]>> = Object.freeze({
  queued: ['sending', 'held', 'cancelled', 'bounced', 'expired'],
  sending: ['delivered', 'deferred', 'bounced', 'expired', 'queued'],
  deferred: ['sending', 'held', 'cancelled', 'bounced', 'expired'],
  held: ['queued', 'deferred', 'cancelled', 'bounced', 'expired'],
  delivered: [],
  bounced: [],
  expired: [],
  suppressed: [],
  cancelled: [],
});

/** The states in which a recipient has ended: nothing moves it any more, and its content may go. */
export const ENDED_STATES: readonly RecipientState[] = RECIPIENT_STATES.filter((state) => MOVES[state].length === 0);

/** Whether a recipient may go from one state to another. */
export function mayMove(from: RecipientState, to: RecipientState): boolean {
  return MOVES[from].includes(to);
}
