/** How long a host may take for each step, in milliseconds. */
export interface ClientTimeouts {
  readonly connectMs: number;
  readonly greetingMs: number;
  /** EHLO, HELO and the reply to STARTTLS. */
  readonly ehloMs: number;
  readonly tlsMs: number;
  readonly authMs: number;
  readonly mailMs: number;
  readonly rcptMs: number;
  readonly dataMs: number;
  /** For each block of content to be taken. */
  readonly contentBlockMs: number;
  /** From the final dot to its reply. */
  readonly finalMs: number;
  readonly quitMs: number;
}

/**
 * RFC 5321 §4.5.3.2, from MAIL on: a host that is given up too early delivers what we then send again.
 *
 * Before MAIL nothing can be sent twice, and there may be another mail host to try, so a host that does not greet gets one
 * minute instead of five (§4.5.3.2.1). The RFC has no times for connecting, EHLO, TLS, AUTH and QUIT.
 */
export const CLIENT_TIMEOUTS: ClientTimeouts = Object.freeze({
  connectMs: 30_000,
  greetingMs: 60_000,
  ehloMs: 60_000,
  tlsMs: 30_000,
  authMs: 60_000,
  mailMs: 300_000,
  rcptMs: 300_000,
  dataMs: 120_000,
  contentBlockMs: 180_000,
  finalMs: 600_000,
  quitMs: 3_000,
});
