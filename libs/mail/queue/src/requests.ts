/**
 * What a client asked for a message with parameters of MAIL, beyond delivering it: left out where it asked for nothing,
 * as nearly always. What is stored here is honoured, or answered for, until the last recipient has ended.
 */
export interface MessageRequests {
  /** How much of the message a DSN about its failure carries (RFC 3461 §4.3). */
  readonly ret?: 'FULL' | 'HDRS' | undefined;
  /** The sender's own identifier of the envelope, decoded: printable ASCII (RFC 3461 §4.4). */
  readonly envid?: string | undefined;
  /**
   * True: travels only over verified TLS, to hosts that promise the same (REQUIRETLS, RFC 8689 §3). False: goes past what
   * destinations demand of the channel (`TLS-Required: No`, RFC 8689 §5).
   */
  readonly requireTls?: boolean | undefined;
  /** From -9 to 9; 0 is normal (RFC 6710 §3). */
  readonly priority?: number | undefined;
  readonly deliverBy?: DeliverBy | undefined;
  /** No recipient is attempted before (RFC 4865). */
  readonly releaseAt?: Date | undefined;
}

/** By when a message is to be delivered, and what happens otherwise (RFC 2852 §4). */
export interface DeliverBy {
  readonly at: Date;
  /** `R`: given up and returned; `N`: the sender is told, and delivery goes on. */
  readonly mode: 'R' | 'N';
  /** Whether the sender is told when a host that does not honour the time takes the message. */
  readonly trace: boolean;
}

/** What a client asked for one recipient with parameters of RCPT. */
export interface RecipientRequests {
  /** Of what the sender wants to hear in a DSN; empty: of nothing, `NOTIFY=NEVER` (RFC 3461 §4.1). */
  readonly notify?: readonly NotifyOn[] | undefined;
  /** The address that the sender gave first, with its type and decoded: `rfc822;user@example.org` (RFC 3461 §4.2). */
  readonly orcpt?: string | undefined;
}

export const NOTIFY_ON = ['SUCCESS', 'FAILURE', 'DELAY'] as const;
export type NotifyOn = (typeof NOTIFY_ON)[number];

/**
 * From when on the time counts until a message is given up: a message that was kept for a future release is new when it
 * is released (RFC 4865 §5).
 */
export function startsAt(message: { readonly acceptedAt: Date; readonly releaseAt?: Date | undefined }): Date {
  const { acceptedAt, releaseAt } = message;
  return releaseAt && releaseAt > acceptedAt ? releaseAt : acceptedAt;
}

/**
 * When a message that is returned when it is late is tried again: half of the time that is left is used up, then half of
 * that, so that a short time has several attempts; the last of it is due when it is over. Others are due as they are.
 */
export function inTimeFor(deliverBy: DeliverBy | undefined, dueAt: Date, now: Date): Date {
  if (deliverBy?.mode !== 'R') return dueAt;
  const leftMs = deliverBy.at.getTime() - now.getTime();
  const halfway = leftMs > SHORTEST_HALF_MS ? now.getTime() + leftMs / 2 : deliverBy.at.getTime();
  return new Date(Math.min(dueAt.getTime(), halfway));
}

const SHORTEST_HALF_MS = 10_000;

/**
 * What a priority is worth, as the time that a message counts as older than it is: claims go by due time, so a message
 * of higher priority goes first, and one of lower priority waits for a bounded time only (RFC 6710 §5).
 */
export function headStartMs(priority: number): number {
  return priority * PRIORITY_STEP_MS;
}

const PRIORITY_STEP_MS = 5 * 60_000;
