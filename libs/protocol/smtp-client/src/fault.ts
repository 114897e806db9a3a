import type { EnhancedStatusCode, Reply } from '@postern/smtp';

/** How far a session has come; `content` lasts from the first octet of content to the reply to the final dot. */
export type SessionStage = 'connect' | 'greeting' | 'ehlo' | 'starttls' | 'auth' | 'mail' | 'rcpt' | 'data' | 'content';

/** What ended a session before its time. */
export type FaultKind =
  /** Nobody listens there: refused, no route, a reset before the greeting. */
  | 'unreachable'
  /** The host took longer than RFC 5321 §4.5.3.2 lets us wait. */
  | 'timeout'
  /** The connection was lost. */
  | 'lost'
  /** The host does not serve us now: 421 to anything (RFC 5321 §3.8), or a refusal in its greeting or to EHLO. */
  | 'refused'
  /** The host spoke, but not SMTP: not a reply, or not one that answers what was asked. */
  | 'protocol'
  /** TLS failed, or does not prove what it must. */
  | 'tls'
  /** The host does not take the credentials, or no way to give them is both common and safe. */
  | 'auth'
  /** Ours: the lease was lost, the session was destroyed or is used up, a socket could not be had. */
  | 'local';

/** Why a session ended before its time; never a verdict on a recipient, so its mail stays queued. */
export interface ConnectionFault {
  readonly stage: SessionStage;
  readonly kind: FaultKind;
  /** RFC 3463, always of class 4. */
  readonly enhanced: EnhancedStatusCode;
  /** A sentence for the operator. */
  readonly reason: string;
  /** True when the final dot may have been sent and no reply to it came: the host may hold the message (RFC 1047). */
  readonly maybeDelivered: boolean;
  /** The reply that ended it, where one did. */
  readonly reply?: Reply;
}

/** A fault, with the enhanced status code that its kind has (RFC 3463 §3). */
export function connectionFault(
  given: Pick<ConnectionFault, 'stage' | 'kind' | 'reason'> & Partial<ConnectionFault>,
): ConnectionFault {
  return { enhanced: ENHANCED[given.kind], maybeDelivered: false, ...given };
}

const ENHANCED: Readonly<Record<FaultKind, EnhancedStatusCode>> = {
  unreachable: '4.4.1',
  timeout: '4.4.2',
  lost: '4.4.2',
  refused: '4.3.2',
  protocol: '4.5.0',
  tls: '4.7.5',
  auth: '4.7.8',
  local: '4.3.0',
};
