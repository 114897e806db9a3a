/** What a client authenticates with, and how it may (RFC 4954 §4). */
export interface ClientCredentials {
  /** Which mechanisms may be used, best first; the first that the host offers too is taken. All that we know when not given. */
  readonly mechanisms?: readonly string[];
  readonly name: string;
  /** The password, or the token of a mechanism that takes one. */
  readonly secret: string;
}

/** One authentication exchange from the client's side (RFC 4422 §3), without the base64 that SMTP puts around it. */
export interface ClientExchange {
  readonly mechanism: string;
  /** What the client says first; undefined where the server speaks first. */
  readonly initialResponse: Buffer | undefined;
  /** Answers a challenge. */
  respond(challenge: Buffer): ClientAnswer;
  /**
   * Whether a success reply may be believed now. A mechanism that proves the server too says false until it has
   * (RFC 5802 §3: a server signature that was not verified is no success).
   */
  readonly complete: boolean;
}

export type ClientAnswer =
  | { readonly kind: 'response'; readonly response: Buffer }
  /** The challenge makes no sense or the server does not prove itself: cancel with `*`. */
  | { readonly kind: 'cancel'; readonly because: string };

/** Whether eavesdroppers learn the secret from the exchange, so that it needs TLS (RFC 4954 §4, §9). */
export type Disclosure = 'discloses' | 'conceals';
