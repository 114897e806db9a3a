/** What carries the octets of a conversation. */
export interface Carrier {
  /** Sends to the client. Called once for all replies to what came in together. */
  send(octets: string): void;
  /** Begins the handshake when what was sent has gone out; then the conversation is to be told `tlsEstablished`. */
  startTls(): void;
  /** Stops and goes on reading from the client: a request, not a promise. */
  pause(): void;
  resume(): void;
  /** Closes when what was sent has gone out. */
  close(): void;
  /** A fault of the policy, of a sink or of ours, for the log. */
  fault(error: unknown): void;
}

/** What a conversation waits for, and so whose time is running. */
export type WaitingFor = 'command' | 'authentication' | 'content' | 'tls' | 'us';
